import type { JobInsert, PgBoss } from 'pg-boss'
import type { Message, PublishOutcome } from '../transport.ts'
import { inTransaction } from './boss.ts'
import { wakeConsumers } from './notify.ts'
import type { Queues } from './queues.ts'

/** Puts a batch of events into all queues that are bound to their types, in one transaction. */
export class PostgresPublisher {
  readonly #boss: PgBoss
  readonly #queues: Queues

  constructor(boss: PgBoss, queues: Queues) {
    this.#boss = boss
    this.#queues = queues
  }

  /** The id of the event is the id in each queue: published twice, it is there once. */
  publish(messages: readonly Message[]): Promise<PublishOutcome[]> {
    return inTransaction(this.#boss, async (db) => {
      const bound = await this.#queues.bound(db, [...new Set(messages.map(({ type }) => type))])
      const batches = sortIntoQueues(messages, bound)
      for (const [queue, jobs] of batches) await this.#boss.insert(queue, jobs, { db })
      await wakeConsumers(
        db,
        batches.map(([queue]) => queue),
      )
      return messages.map(({ type }) => (bound.has(type) ? 'confirmed' : 'unroutable'))
    })
  }
}

/** In one order of queues for all publishers: no deadlock where two publish the same events. */
function sortIntoQueues(messages: readonly Message[], bound: ReadonlyMap<string, string[]>): [string, JobInsert[]][] {
  const queues = new Map<string, JobInsert[]>()
  for (const { id, type, body } of messages) {
    for (const queue of bound.get(type) ?? []) {
      const jobs = queues.get(queue) ?? []
      jobs.push({ id, data: { body, attempt: 1 } })
      queues.set(queue, jobs)
    }
  }
  return [...queues].sort(([one], [other]) => (one < other ? -1 : 1))
}
