import { PeriodicJob } from '@slipway/broker'
import type { Deps } from '../deps.ts'

const batch = 1_000
const keepMs = 30 * 86_400_000

type PruneDeps = Pick<Deps, 'sessions' | 'attempts' | 'oneTimeTokens' | 'audit' | 'clock' | 'settings'>

/** Deletes what has been over for a month, counters that nothing was added to for as long, and what was audited long ago. */
export class Prune extends PeriodicJob {
  readonly name = 'prune'
  readonly everyMs = 3_600_000
  readonly #deps: PruneDeps

  constructor(deps: PruneDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal }: { signal: AbortSignal }) {
    const { sessions, attempts, oneTimeTokens, audit, clock, settings } = this.#deps
    const ago = (ms: number) => new Date(clock.now().getTime() - ms)
    const old = [
      { store: sessions, before: ago(keepMs) },
      { store: attempts, before: ago(keepMs) },
      { store: oneTimeTokens, before: ago(0) },
      { store: audit, before: ago(settings.AUDIT_RETENTION_DAYS * 86_400_000) },
    ]
    for (const { store, before } of old) while (!signal.aborted && (await store.prune(before, batch)) === batch);
  }
}
