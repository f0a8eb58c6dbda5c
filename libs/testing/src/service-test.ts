import { readSettings, type Environment } from '@slipway/config'
import { createObservability } from '@slipway/observability'
import { assemble, newId, type BaseDeps, type ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { test as base, inject } from 'vitest'
import { Api } from './fixtures/api.ts'
import { TestClock } from './fixtures/clock.ts'
import { Events } from './fixtures/events.ts'
import { LogLines } from './fixtures/log-lines.ts'
import { Neighbours } from './fixtures/neighbours.ts'
import { cloneTemplate } from './postgres/clone.ts'
import { ensureTemplate } from './postgres/template.ts'
import { issuer, testKeys } from './tokens/keys.ts'

export interface ServiceFixtures<Deps> {
  /** Requests to the service; as nobody until `as(...)`. */
  api: Api
  deps: Deps
  clock: TestClock
  /** Answers of neighbours; the network itself is closed. */
  neighbours: Neighbours
  events: Events
  /** What the service has logged, parsed. */
  logs: LogLines
}

const usual = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://slipway.test',
  SSO_URL: 'http://sso.test/sso',
  TOKEN_ISSUER: issuer,
  CLIENT_ID: 'test-client',
  CLIENT_SECRET: 'test-client-secret',
  DATABASE_POOL_SIZE: '10',
}

/** The `test` of one service: each test has the whole service on a database of its own. */
export function serviceTest<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  { environment = {} }: { environment?: Environment } = {},
) {
  const { name, version, migrations } = definition
  let template: Promise<string> | undefined

  async function start() {
    const adminUrl = inject('postgresUrl')
    const clone = await cloneTemplate(adminUrl, await (template ??= ensureTemplate(adminUrl, name, migrations)))
    const settings = readSettings(definition.settings, {
      ...usual,
      DATABASE_URL: clone.url,
      EVENTS_DATABASE_URL: clone.url,
      ...environment,
    })
    const logs = new LogLines()
    const observability = createObservability({
      service: name,
      version,
      settings: settings as never,
      destination: logs,
    })
    const neighbours = new Neighbours()
    const clock = new TestClock()
    const deps = await definition.buildDeps({
      settings,
      observability,
      clock,
      newId,
      dispatcher: neighbours.dispatcher,
    })
    const { keys } = await testKeys()
    const built = await assemble(definition, {
      settings,
      observability,
      deps,
      keys: definition.keys ? undefined : keys,
    })
    const events = new Events(definition, deps, observability)
    return {
      fixtures: { api: new Api(built.app), deps, clock, neighbours, events, logs },
      async stop() {
        await built.stop()
        await neighbours.close()
        await clone.drop()
      },
    }
  }

  return base.extend<ServiceFixtures<Deps> & { world: ServiceFixtures<Deps> }>({
    // eslint-disable-next-line no-empty-pattern -- Vitest reads the names of the fixtures that are needed from the pattern
    world: async ({}, use) => {
      const { fixtures, stop } = await start()
      try {
        await use(fixtures)
      } finally {
        await stop()
      }
    },
    api: ({ world }, use) => use(world.api),
    deps: ({ world }, use) => use(world.deps),
    clock: ({ world }, use) => use(world.clock),
    neighbours: ({ world }, use) => use(world.neighbours),
    events: ({ world }, use) => use(world.events),
    logs: ({ world }, use) => use(world.logs),
  })
}
