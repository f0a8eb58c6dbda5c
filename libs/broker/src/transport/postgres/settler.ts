import type { Logger } from '@slipway/observability'
import type { JobInsert, PgBoss } from 'pg-boss'
import { backoffMs, pause } from '../../backoff.ts'
import { jittered } from '../../jitter.ts'
import { describe, type DeadLetter, type Outcome } from '../transport.ts'
import { inTransaction } from './boss.ts'
import { wakeConsumers } from './notify.ts'
import { deadQueue } from './queues.ts'

/** An event in a queue, taken by this process. `retryCount` says for the how-many-eth time: a later taker has another. */
export interface Taken {
  readonly id: string
  readonly retryCount: number
  readonly data: { readonly body: string; readonly attempt: number; readonly error?: string }
}

/** Without an error the broker itself buried it, at the delivery limit. */
export const readDead = ({ body, attempt, error }: Taken['data']): DeadLetter => ({
  body,
  error: error ?? 'Taken too often without an outcome',
  attempts: attempt,
})

interface SettlerOptions {
  boss: PgBoss
  queue: string
  logger: Logger
  /** Told when an event of this queue will be due again. */
  retryIn: (ms: number) => void
}

/** Tells pg-boss what became of events: done ones together in one statement, as many as ended meanwhile. */
export class Settler {
  readonly #options: SettlerOptions
  #done: Taken[] = []
  #flushing: Promise<void> | undefined

  constructor(options: SettlerOptions) {
    this.#options = options
  }

  /**
   * Does not throw. Tries again for a few seconds, in which the heartbeat keeps the event; what could not be told then is
   * delivered again, and the inbox knows what was done.
   */
  async settle(taken: Taken, outcome: Outcome): Promise<void> {
    const { queue, logger } = this.#options
    for (let failures = 1; failures <= 6; failures++) {
      try {
        return await this.#settle(taken, outcome)
      } catch (error) {
        logger.warn({ err: error, queue }, 'a delivery could not be settled')
        await pause(backoffMs(failures))
      }
    }
  }

  async #settle(taken: Taken, outcome: Outcome): Promise<void> {
    const { queue } = this.#options
    const { body, attempt } = taken.data
    switch (outcome.kind) {
      case 'released':
        return this.#move(taken, queue, { data: { body, attempt } })
      case 'retry':
        return this.#retry(taken, outcome.nextAttempt, jittered(outcome.delayMs))
      case 'dead':
        return this.#move(taken, deadQueue(queue), { data: { body, attempt, error: describe(outcome.error) } })
      default:
        return this.#complete(taken)
    }
  }

  async #retry(taken: Taken, attempt: number, delayMs: number): Promise<void> {
    const { queue, retryIn } = this.#options
    await this.#move(taken, queue, { data: { body: taken.data.body, attempt }, startAfter: delayMs / 1000 })
    retryIn(delayMs)
  }

  #complete(taken: Taken): Promise<void> {
    this.#done.push(taken)
    return (this.#flushing ??= this.#flush())
  }

  async #flush(): Promise<void> {
    const { boss, queue } = this.#options
    await new Promise((resolve) => setImmediate(resolve))
    const done = this.#done
    this.#done = []
    this.#flushing = undefined
    await boss.complete(queue, done)
  }

  /** Under the same id, in one transaction: it is in one of the two places at any time. */
  async #move(taken: Taken, to: string, job: JobInsert): Promise<void> {
    const { boss, queue, logger } = this.#options
    await inTransaction(boss, async (db) => {
      const { affected } = (await boss.deleteJob(queue, taken, { db })) as { affected: number }
      if (affected === 1) {
        await boss.insert(to, [{ ...job, id: taken.id }], { db })
        if (job.startAfter === undefined) await wakeConsumers(db, [to])
      } else logger.warn({ queue, 'event.id': taken.id }, 'an event took so long that it was given to another worker')
    })
  }
}
