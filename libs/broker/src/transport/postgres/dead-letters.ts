import type { Logger } from '@slipway/observability'
import type { PgBoss } from 'pg-boss'
import { NoSuchQueue, NotSetUp, type DeadLetters, type FoundLetter } from '../../dead/dead-letters.ts'
import { peek } from '../../dead/peek.ts'
import { createBoss, inTransaction } from './boss.ts'
import { wakeConsumers } from './notify.ts'
import { deadQueue, deadSuffix } from './queues.ts'
import { readDead, type Taken } from './settler.ts'

/** Bodies may be large. */
const pageSize = 50

/** Dead letters on PostgreSQL. */
export class PostgresDeadLetters implements DeadLetters {
  readonly #boss: PgBoss

  private constructor(boss: PgBoss) {
    this.#boss = boss
  }

  /** Creates and changes nothing in the database: that is the services' business. @throws NotSetUp */
  static async open(url: string, logger: Logger): Promise<PostgresDeadLetters> {
    const boss = createBoss(url, logger, { max: 2, supervise: false, migrate: false })
    try {
      await boss.start()
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {})
      // drivers' errors have a code; without one it is pg-boss that misses its tables
      throw error instanceof Error && !('code' in error) && !('errors' in error) ? new NotSetUp(error) : error
    }
    return new PostgresDeadLetters(boss)
  }

  async queues(): Promise<string[]> {
    const names = (await this.#boss.getQueues()).map(({ name }) => name).filter((name) => name.endsWith(deadSuffix))
    return names.map((name) => name.slice(0, -deadSuffix.length)).sort()
  }

  /** Pages go on from the last one that stayed: those that went are no place to go on from. */
  async *scan(queue: string): AsyncGenerator<FoundLetter, void> {
    const dead = deadQueue(queue)
    if (!(await this.#boss.getQueue(dead))) throw new NoSuchQueue(queue)
    const { rows } = await this.#boss.getDb().executeSql('SELECT clock_timestamp() AS now')
    const begun = (rows as { now: Date }[])[0]!.now
    let after: string | undefined
    for (;;) {
      const page = await this.#boss.findJobs<Taken['data']>(dead, { limit: pageSize, ...(after && { after }) })
      for (const { id, data, createdOn } of page) {
        if (createdOn > begun) return // died again after a replay: not once more
        let went = false
        yield {
          id,
          ...peek(data.body),
          ...readDead(data),
          queue,
          diedAt: createdOn,
          replay: async () => (went = await this.#move(id, data.body, queue)),
          drop: async () => (went = await this.#remove(dead, id)),
        }
        if (!went) after = id
      }
      if (page.length < pageSize) return
    }
  }

  close(): Promise<void> {
    return this.#boss.stop({ graceful: false })
  }

  /** In one transaction: it is in one of the two places at any time. */
  #move(id: string, body: string, queue: string): Promise<boolean> {
    return inTransaction(this.#boss, async (db) => {
      if (!(await this.#remove(deadQueue(queue), id, db))) return false
      await this.#boss.insert(queue, [{ id, data: { body, attempt: 1 } }], { db })
      await wakeConsumers(db, [queue])
      return true
    })
  }

  async #remove(dead: string, id: string, db = this.#boss.getDb()): Promise<boolean> {
    const { affected } = (await this.#boss.deleteJob(dead, id, { db })) as { affected: number }
    return affected === 1
  }
}
