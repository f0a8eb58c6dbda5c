import { probing } from '@slipway/database'
import type { Logger } from '@slipway/observability'
import { PgBoss, type ConstructorOptions, type Db } from 'pg-boss'

/** Two looks at most pass until a worker that went silent is noticed. */
const superviseSeconds = 5

/** pg-boss as we use it: queues and their supervision; schedules, traces and workers are our own. */
export function createBoss(url: string, logger: Logger, options: Partial<ConstructorOptions> = {}): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    ...probing, // it passes on what its pool takes
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    flowIntervalSeconds: 60,
    ...options,
  })
  boss.on('error', (err) => logger.warn({ err }, 'the events database did not answer'))
  boss.on('warning', ({ message, data }) => logger.warn({ warning: data }, message))
  return boss
}

/** A transaction of ours that pg-boss calls may join with `{ db: tx.db }`. */
export async function inTransaction<T>(boss: PgBoss, work: (db: Db) => Promise<T>): Promise<T> {
  const tx = await boss.getDb().beginTransaction?.()
  if (!tx) throw new Error('pg-boss has no transactions on this database')
  try {
    const result = await work(tx.db)
    await tx.commit()
    return result
  } catch (error) {
    await tx.rollback()
    throw error
  }
}
