import { createOutbox, type EmitOptions, type NewEvent } from '@slipway/broker'
import { createDatabase, type Sql } from '@slipway/database'
import type { Platform } from '@slipway/service-kit'
import { PrismaClient } from '../prisma/generated/client.ts'
import type { Settings } from './config.ts'
import { createFileMetrics, type Tally } from './file/file-metrics.ts'
import { fileStore, type FileReader, type FileStore } from './file/file.store.ts'
import { waitingNow } from './file/waiting.ts'
import { claimStore } from './lifecycle/claim.store.ts'
import { doomedStore, type DoomedStore } from './lifecycle/doomed.store.ts'
import { erasureStore, type ErasureStore } from './lifecycle/erasure.store.ts'
import { roundStore, type RoundStore } from './lifecycle/round.store.ts'
import { usageCounts, type UsageCounts } from './lifecycle/usage-counts.ts'
import { createStore } from './store/create-store.ts'
import { usageStore, type UsageStore } from './upload/usage.store.ts'

/** One transaction: its stores and the outbox share a connection. */
export interface Tx {
  readonly files: FileStore
  readonly usages: UsageStore
  readonly doomed: DoomedStore
  readonly erasures: ErasureStore
  readonly rounds: RoundStore
  readonly usageCounts: UsageCounts
  readonly tally: Tally
  readonly now: Date
  emit(event: NewEvent, options?: EmitOptions): Promise<void>
}

export type Deps = ReturnType<typeof buildDeps>

export function buildDeps({ settings, observability, clock, newId, createPool }: Platform<Settings>) {
  const { service: source, traceparent } = observability
  const outbox = createOutbox({ source, traceparent, span: observability.span, now: () => clock.now(), newId })
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const stores = (sql: Sql) => ({
    files: fileStore(sql, clock),
    usages: usageStore(sql),
    doomed: doomedStore(sql, clock),
    erasures: erasureStore(sql, clock),
    rounds: roundStore(sql, () => clock.now()),
    usageCounts: usageCounts(sql),
  })
  const { objects, disk } = createStore(settings, clock, observability)
  const metrics = createFileMetrics(observability.metrics, () => waitingNow(database.sql, clock))

  return {
    database,
    settings,
    clock,
    newId,
    objects,
    observability,
    metrics,
    /** The disk store, when it is the one in use: its routes are ours. */
    disk,
    files: fileStore(database.sql, clock) as FileReader,
    claims: claimStore(database.sql),
    rounds: roundStore(database.sql, () => clock.now()),
    async transaction<T>(work: (tx: Tx, sql: Sql) => Promise<T>): Promise<T> {
      const tally = metrics.tally()
      const result = await database.transaction(({ sql }) =>
        work({ ...stores(sql), tally, now: clock.now(), emit: (...emitted) => outbox.emit(sql, ...emitted) }, sql),
      )
      tally.committed()
      return result
    },
    async close() {
      objects.close()
    },
  }
}
