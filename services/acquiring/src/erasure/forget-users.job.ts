import { PeriodicJob } from '@slipway/broker'
import type { Deps } from '../deps.ts'

/** Forgets what was still needed when a user was erased, once it is not. */
export class ForgetUsers extends PeriodicJob {
  readonly name = 'forget-users'
  readonly everyMs = 600_000
  readonly #deps: Pick<Deps, 'transaction'>

  constructor(deps: Pick<Deps, 'transaction'>) {
    super()
    this.#deps = deps
  }

  async run() {
    await this.#deps.transaction(async ({ erasures }) => {
      await erasures.forget()
      await erasures.finish()
    })
  }
}
