import { readSettings, type Environment } from '@slipway/config'
import { createObservability } from '@slipway/observability'
import { assemble, defineService, routesOf, serviceVariables, type App } from '@slipway/service-kit'
import { brokerVariables } from '@slipway/broker'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { Type } from 'typebox'
import { onTestFinished } from 'vitest'
import { LogLines } from '../../fixtures/log-lines.ts'
import { issuer, testKeys } from '../../tokens/keys.ts'

const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
})

interface MiniApp {
  routes: (app: App) => void | Promise<void>
  environment?: Environment
  /** What readiness asks the database. */
  ping?: () => Promise<void>
}

/** A service called `shop` with these routes and nothing behind it: right in all that its routes do not spoil. */
export async function startMiniApp({ routes, environment = {}, ping = async () => {} }: MiniApp) {
  const settings = readSettings(Settings, {
    NODE_ENV: 'test',
    PUBLIC_URL: 'http://slipway.test',
    SSO_URL: issuer,
    TOKEN_ISSUER: issuer,
    DATABASE_URL: 'postgresql://nobody:password-canary@127.0.0.1:1/none',
    EVENTS_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    MAX_EVENT_LOOP_DELAY_MS: '0', // how busy the machine is must not decide
    ...environment,
  })
  const logs = new LogLines()
  const observability = createObservability({ service: 'shop', version: '1.2.3', settings, destination: logs })
  const query = () => Promise.reject(new Error('There is no database'))
  const deps = {
    database: { sql: { query }, directUrl: settings.DATABASE_URL, ping, close: async () => {} },
    transaction: query,
  }
  const { definition } = defineService<typeof Settings, unknown, typeof deps>({
    name: 'shop',
    version: '1.2.3',
    description: 'Sells things',
    settings: Settings,
    migrations: [],
    buildDeps: () => deps,
    routes,
  })
  const { keys } = await testKeys()
  const service = await assemble(definition, { settings, observability, deps, keys })
  onTestFinished(() => service.stop())
  return { app: service.app, routes: routesOf(service.app), service, settings, logs }
}
