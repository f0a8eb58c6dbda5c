import { readSettings, type Environment } from '@slipway/config'
import type { CreatePool } from '@slipway/database'
import { createObservability } from '@slipway/observability'
import type { Contract } from '@slipway/s2s'
import { assemble, type BaseDeps, type ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { Api } from './fixtures/api.ts'
import { TestClock } from './fixtures/clock.ts'
import { Events } from './fixtures/events.ts'
import { countStatements } from './fixtures/expect-queries.ts'
import { TestIds, TestTraceIds } from './fixtures/ids.ts'
import { LogLines } from './fixtures/log-lines.ts'
import { Neighbours } from './fixtures/neighbours/neighbours.ts'
import { Network } from './fixtures/network.ts'
import { publishedAt } from './fixtures/neighbours/published.ts'
import { recordedPool, type Connections } from './postgres/recorded-pool.ts'
import { issuer, testKeys } from './tokens/keys.ts'

const ssoUrl = 'http://sso.test/sso'
const usual = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://slipway.test',
  SSO_URL: ssoUrl,
  TOKEN_ISSUER: issuer,
  CLIENT_SECRET: 'test-client-secret',
  // how busy the machine is must not decide about a test
  MAX_EVENT_LOOP_DELAY_MS: '0',
  DATABASE_CONNECT_TIMEOUT_MS: '120000',
  DATABASE_TRANSACTION_TIMEOUT_MS: '120000',
  S2S_TIMEOUT_MS: '120000',
}

export interface WorldOptions {
  environment: Environment
  databaseUrl: string
  /** Of the service's database; connections of the usual kind unless given. */
  connections?: Connections
  clock?: TestClock
  /** Contracts of other services, by the names that tests use. */
  neighbours?: Readonly<Record<string, Contract>>
}

/** One service with everything around it, for one test. */
export async function startWorld<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  options: WorldOptions,
) {
  const { databaseUrl, connections = recordedPool(), clock = new TestClock() } = options
  const published = publishedAt(options.neighbours ?? {}, options.environment)
  const environment = {
    ...usual,
    DATABASE_URL: databaseUrl,
    EVENTS_DATABASE_URL: databaseUrl,
    ...Object.fromEntries(published.map(({ variable, baseUrl }) => [variable, baseUrl])),
    ...options.environment,
  }
  const settings = readSettings(definition.settings, environment)
  const { name: service, version } = definition
  const logs = new LogLines()
  const observability = createObservability({
    service,
    version,
    settings: settings as never,
    destination: logs,
    ids: new TestTraceIds(),
  })
  const neighbours = new Neighbours({ clock, published, ssoUrl: environment.SSO_URL })
  const network = new Network(neighbours.dispatcher)
  network.allow(databaseUrl)
  const ids = new TestIds(clock)
  const platform = { settings, observability, clock, newId: ids.next, dispatcher: neighbours.dispatcher }
  const { deps, built } = await start().catch(async (error: unknown) => {
    network.close()
    await neighbours.close()
    throw error
  })
  const jobs = definition.jobs?.(deps) ?? []

  return {
    service: built,
    fixtures: {
      api: new Api(built.app, clock),
      deps,
      clock,
      ids,
      neighbours: Object.assign(neighbours, neighbours.byName),
      network,
      events: new Events({
        service,
        settings: built.settings,
        observability,
        jobs: jobs as never,
        middleware: (definition.workerMiddleware?.(deps) ?? []) as never,
        deps,
        clock,
        newId: ids.next,
      }),
      expectQueries: countStatements(connections.statements),
      logs,
    },
    async stop() {
      try {
        await built.stop()
      } finally {
        await neighbours.close().finally(() => network.close())
      }
      neighbours.check()
    },
  }

  async function start() {
    let handedOn = false
    const createPool: CreatePool = (config) => {
      handedOn = true
      return connections.createPool(config)
    }
    const deps = await definition.buildDeps({ ...platform, createPool })
    if (!handedOn) throw new Error(`${service}: buildDeps must hand createPool on: nothing is rolled back otherwise`)
    const keys = definition.keys ? undefined : (await testKeys()).keys
    return { deps, built: await assemble(definition, { settings, observability, deps, keys, clock }) }
  }
}
