import type { Db, PgBoss, Queue } from 'pg-boss'
import { inTransaction } from './boss.ts'

const yearSeconds = 365 * 24 * 3600

/** Taken work whose worker went silent is given to another one: at most this and two looks of the supervisor later. */
export const heartbeatSeconds = 10

/** Crashes that one event may cause before it goes to the dead letters. */
const deliveryLimit = 20

/** Longer than any job; the heartbeat, not this, notices a worker that is gone. */
const expireInSeconds = 12 * 3600

/** How long a done event is remembered, so that publishing it again adds nothing. The inbox remembers longer. */
const deleteAfterSeconds = 3600

const bindings = 'events.binding'

export const deadSuffix = '.dead'
export const deadQueue = (queue: string) => queue + deadSuffix

/** Queues and who listens to what, in the events database: a publisher of another service finds them there. */
export class Queues {
  readonly #boss: PgBoss

  constructor(boss: PgBoss) {
    this.#boss = boss
  }

  /** Many processes start at once: the lock lets one of them create what is missing. */
  async prepare(): Promise<void> {
    await inTransaction(this.#boss, async (db) => {
      await db.executeSql(`SELECT pg_advisory_xact_lock(hashtext('${bindings}'))`)
      await db.executeSql('CREATE SCHEMA IF NOT EXISTS events')
      await db.executeSql(`CREATE TABLE IF NOT EXISTS ${bindings} (type text, queue text, PRIMARY KEY (type, queue))`)
    })
  }

  async declare(queue: string, types: readonly string[]): Promise<void> {
    await this.#ensure(deadQueue(queue), { retentionSeconds: yearSeconds })
    await this.#ensure(queue, {
      deadLetter: deadQueue(queue),
      retryLimit: deliveryLimit,
      retryDelay: 0,
      heartbeatSeconds,
      expireInSeconds,
      retentionSeconds: yearSeconds,
      deleteAfterSeconds,
    })
    await this.#boss
      .getDb()
      .executeSql(`INSERT INTO ${bindings} SELECT type, $2 FROM unnest($1::text[]) type ON CONFLICT DO NOTHING`, [
        types,
        queue,
      ])
  }

  /** The queues of each type that has any. */
  async bound(db: Db, types: readonly string[]): Promise<Map<string, string[]>> {
    const { rows } = await db.executeSql(
      `SELECT type, array_agg(queue) AS queues FROM ${bindings} WHERE type = ANY ($1) GROUP BY type`,
      [types],
    )
    return new Map((rows as { type: string; queues: string[] }[]).map(({ type, queues }) => [type, queues]))
  }

  /** Settings of a release reach queues that an earlier one made. */
  async #ensure(name: string, options: Omit<Queue, 'name'>): Promise<void> {
    await this.#boss.createQueue(name, options)
    await this.#boss.updateQueue(name, options)
  }
}
