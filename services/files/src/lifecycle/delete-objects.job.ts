import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import type { DoomedObject } from './doomed.store.ts'

type JobDeps = Pick<Deps, 'transaction' | 'objects' | 'clock' | 'metrics'>

const batch = 50
const leaseMs = 120_000

/** Deletes doomed objects. One that fails is tried again when its lease is over. */
export class DeleteObjects extends PeriodicJob {
  readonly name = 'delete-objects'
  readonly everyMs = 5_000
  readonly #deps: JobDeps

  constructor(deps: JobDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    const { transaction, clock, metrics } = this.#deps
    while (!signal.aborted) {
      const leaseUntil = new Date(clock.now().getTime() + leaseMs)
      const due = await transaction((tx) => tx.doomed.takeDue(batch, leaseUntil))
      const outcomes = await Promise.allSettled(due.map((doomed) => this.#delete(doomed)))
      for (const outcome of outcomes) {
        metrics.deletion(outcome.status === 'fulfilled' ? 'deleted' : 'failed')
        if (outcome.status === 'rejected')
          logger.warn({ err: outcome.reason as unknown }, 'an object could not be deleted yet')
      }
      if (due.length < batch) return
    }
  }

  async #delete({ key, until }: DoomedObject) {
    const { transaction, objects, clock } = this.#deps
    await objects.delete(key)
    const again = until > clock.now() ? until : undefined
    await transaction((tx) => tx.doomed.done(key, again))
  }
}
