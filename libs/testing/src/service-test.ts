import type { Environment } from '@slipway/config'
import type { BaseDeps, ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { test as base, inject } from 'vitest'
import type { Api } from './fixtures/api.ts'
import type { TestClock } from './fixtures/clock.ts'
import type { Events } from './fixtures/events.ts'
import type { LogLines } from './fixtures/log-lines.ts'
import type { Neighbours } from './fixtures/neighbours.ts'
import { cloneForTest, cloneForWorker } from './postgres/clone.ts'
import { RollbackConnection } from './postgres/rollback.ts'
import { ensureTemplate } from './postgres/template.ts'
import { startWorld } from './world.ts'

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

/**
 * The `test` of one service. Each test has the whole service, on one database connection on which everything is rolled
 * back in the end. `test.fresh` gives it a database and a pool of its own instead: for real concurrency, locks, NOTIFY
 * and relays.
 */
export function serviceTest<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  { environment = {} }: { environment?: Environment } = {},
) {
  type World = ServiceFixtures<Deps>
  let template: Promise<string> | undefined
  const ensure = () => (template ??= ensureTemplate(inject('postgresUrl'), definition.name, definition.migrations))

  const parts = base.extend<World & { world: World }>({
    world: () => {
      throw new Error('A world is made by serviceTest')
    },
    api: ({ world }, use) => use(world.api),
    deps: ({ world }, use) => use(world.deps),
    clock: ({ world }, use) => use(world.clock),
    neighbours: ({ world }, use) => use(world.neighbours),
    events: ({ world }, use) => use(world.events),
    logs: ({ world }, use) => use(world.logs),
  })

  const rolledBack = parts.extend<{ connection: RollbackConnection; databaseUrl: string; world: World }>({
    databaseUrl: [
      async ({}, use) => {
        const clone = await cloneForWorker(inject('postgresUrl'), await ensure())
        await use(clone.url)
        await clone.release()
      },
      { scope: 'file' },
    ],
    connection: [
      async ({ databaseUrl }, use) => {
        const connection = await RollbackConnection.open(databaseUrl)
        await use(connection)
        await connection.close()
      },
      { scope: 'file' },
    ],
    world: async ({ connection, databaseUrl }, use) => {
      await connection.begin()
      const world = await startWorld(definition, { environment, databaseUrl, createPool: connection.createPool })
      try {
        await use(world.fixtures)
      } finally {
        await world.stop()
        await connection.rollBack()
      }
    },
  })

  const fresh = parts.extend<{ world: World }>({
    world: async ({}, use) => {
      const clone = await cloneForTest(inject('postgresUrl'), await ensure())
      const world = await startWorld(definition, { environment, databaseUrl: clone.url })
      try {
        await use(world.fixtures)
      } finally {
        await world.stop()
        await clone.release()
      }
    },
  })

  return Object.assign(rolledBack, { fresh })
}
