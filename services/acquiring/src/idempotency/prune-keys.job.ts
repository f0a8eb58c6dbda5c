import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps } from '../deps.ts'

const batch = 1_000

export class PruneKeys extends PeriodicJob {
  readonly name = 'prune-idempotency-keys'
  readonly everyMs = 60 * 60_000
  readonly #deps: Pick<Deps, 'idempotency'>

  constructor(deps: Pick<Deps, 'idempotency'>) {
    super()
    this.#deps = deps
  }

  async run({ signal }: PeriodicContext) {
    while (!signal.aborted && (await this.#deps.idempotency.prune(batch)) === batch);
  }
}
