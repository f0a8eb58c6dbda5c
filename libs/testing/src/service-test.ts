import type { Environment } from '@slipway/config'
import type { Contract } from '@slipway/s2s'
import type { BaseDeps, ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { test as base, inject } from 'vitest'
import type { Api } from './fixtures/api.ts'
import { TestClock } from './fixtures/clock.ts'
import type { Events } from './fixtures/events.ts'
import type { ExpectQueries } from './fixtures/expect-queries.ts'
import type { TestIds } from './fixtures/ids.ts'
import type { LogLines } from './fixtures/log-lines.ts'
import type { Neighbour } from './fixtures/neighbours/neighbour.ts'
import type { Neighbours } from './fixtures/neighbours/neighbours.ts'
import type { Network } from './fixtures/network.ts'
import { cloneForTest, cloneForWorker } from './postgres/clone.ts'
import { RollbackConnection } from './postgres/rollback.ts'
import { acquireTemplate } from './postgres/template.ts'
import { startWorld, type WorldOptions } from './world.ts'

export interface ServiceFixtures<Deps, Contracts = unknown> {
  /** Requests to the service; as nobody until `as(...)`. */
  api: Api
  deps: Deps
  /** Stands still unless moved. */
  clock: TestClock
  /** The ids that the service makes: the same in each run. */
  ids: TestIds
  /** Answers of neighbours; the network itself is closed. */
  neighbours: Neighbours & { readonly [Name in keyof Contracts]: Neighbour }
  /** Opens the network to a server that the test runs. */
  network: Network
  events: Events
  /** Counts the statements that some work sends to the database. */
  expectQueries: ExpectQueries
  /** What the service has logged, parsed. */
  logs: LogLines
}

export interface ServiceTestOptions<Contracts> {
  environment?: Environment
  /** What the services that this one calls publish: mocked answers are held to it. */
  neighbours?: Contracts
  /** `running` for work that waits until it is time. */
  clock?: 'still' | 'running'
}

/**
 * The `test` of one service. Each test has the whole service, on one database connection on which everything is rolled
 * back in the end. `test.fresh` gives it a database and a pool of its own instead: for real concurrency, locks, NOTIFY
 * and relays.
 */
export function serviceTest<
  Schema extends TObject,
  Tx,
  Deps extends BaseDeps<Tx>,
  Contracts extends Readonly<Record<string, Contract>> = Record<never, Contract>,
>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  { environment = {}, neighbours, clock: kind = 'still' }: ServiceTestOptions<Contracts> = {},
) {
  type World = ServiceFixtures<Deps, Contracts>

  async function liveIn(
    database: Pick<WorldOptions, 'databaseUrl' | 'connections'>,
    use: (world: World) => Promise<void>,
  ) {
    const clock = kind === 'running' ? TestClock.running() : new TestClock()
    const world = await startWorld(definition, { environment, neighbours, clock, ...database })
    try {
      await use(world.fixtures as World)
    } finally {
      await world.stop()
    }
  }

  const parts = base.extend<World & { template: string; world: World }>({
    template: [
      async ({}, use) => {
        const template = await acquireTemplate(inject('postgresUrl'), definition.name, definition.migrations)
        await use(template.name)
        await template.release()
      },
      { scope: 'file' },
    ],
    world: () => {
      throw new Error('A world is made by serviceTest')
    },
    api: ({ world }, use) => use(world.api),
    deps: ({ world }, use) => use(world.deps),
    clock: ({ world }, use) => use(world.clock),
    ids: ({ world }, use) => use(world.ids),
    neighbours: ({ world }, use) => use(world.neighbours),
    network: ({ world }, use) => use(world.network),
    events: ({ world }, use) => use(world.events),
    expectQueries: ({ world }, use) => use(world.expectQueries),
    logs: ({ world }, use) => use(world.logs),
  })

  const rolledBack = parts.extend<{ connection: RollbackConnection; databaseUrl: string; world: World }>({
    databaseUrl: [
      async ({ template }, use) => {
        const clone = await cloneForWorker(inject('postgresUrl'), template)
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
      const connections = await connection.begin()
      try {
        await liveIn({ databaseUrl, connections }, use)
      } finally {
        await connections.rollBack()
      }
    },
  })

  const fresh = parts.extend<{ world: World }>({
    world: async ({ template }, use) => {
      const clone = await cloneForTest(inject('postgresUrl'), template)
      try {
        await liveIn({ databaseUrl: clone.url }, use)
      } finally {
        await clone.release()
      }
    },
  })

  return Object.assign(rolledBack, { fresh })
}
