import { PeriodicJob } from '@slipway/broker'
import type { Deps } from '../deps.ts'

const batch = 1_000
const keepMs = 30 * 86_400_000

type PruneDeps = Pick<Deps, 'sessions' | 'attempts' | 'clock'>

/** Deletes sessions that have been over for a month, and counters that nothing was added to for as long. */
export class Prune extends PeriodicJob {
  readonly name = 'prune'
  readonly everyMs = 3_600_000
  readonly #deps: PruneDeps

  constructor(deps: PruneDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal }: { signal: AbortSignal }) {
    const { sessions, attempts, clock } = this.#deps
    const before = new Date(clock.now().getTime() - keepMs)
    for (const store of [sessions, attempts]) while (!signal.aborted && (await store.prune(before, batch)) === batch);
  }
}
