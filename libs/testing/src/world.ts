import { readSettings, type Environment } from '@slipway/config'
import type { CreatePool } from '@slipway/database'
import { createObservability } from '@slipway/observability'
import { assemble, newId, type BaseDeps, type ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { Api } from './fixtures/api.ts'
import { TestClock } from './fixtures/clock.ts'
import { Events } from './fixtures/events.ts'
import { LogLines } from './fixtures/log-lines.ts'
import { Neighbours } from './fixtures/neighbours.ts'
import { issuer, testKeys } from './tokens/keys.ts'

const usual = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://slipway.test',
  SSO_URL: 'http://sso.test/sso',
  TOKEN_ISSUER: issuer,
  CLIENT_ID: 'test-client',
  CLIENT_SECRET: 'test-client-secret',
}

interface WorldOptions {
  environment: Environment
  databaseUrl: string
  createPool?: CreatePool
}

/** One service with everything around it, for one test. */
export async function startWorld<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  { environment, databaseUrl, createPool }: WorldOptions,
) {
  const settings = readSettings(definition.settings, {
    ...usual,
    DATABASE_URL: databaseUrl,
    EVENTS_DATABASE_URL: databaseUrl,
    ...environment,
  })
  const { name: service, version } = definition
  const logs = new LogLines()
  const observability = createObservability({ service, version, settings: settings as never, destination: logs })
  const neighbours = new Neighbours()
  const clock = new TestClock()
  const { dispatcher } = neighbours
  const deps = await definition.buildDeps({ settings, observability, clock, newId, dispatcher, createPool })
  // who signs tokens by the test's clock verifies them by it; the test's own tokens go by the real one
  const own = definition.keys ? { clock } : { keys: (await testKeys()).keys }
  const built = await assemble(definition, { settings, observability, deps, ...own })

  return {
    service: built,
    fixtures: {
      api: new Api(built.app),
      deps,
      clock,
      neighbours,
      events: new Events(definition, deps, observability),
      logs,
    },
    async stop() {
      await built.stop()
      await neighbours.close()
    },
  }
}
