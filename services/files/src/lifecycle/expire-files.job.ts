import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import { expireFile } from '../file/end-file.ts'

type JobDeps = Pick<Deps, 'transaction' | 'clock' | 'settings'>

/** Ends files whose time is over, and forgets those that ended long ago; one in a transaction. */
export class ExpireFiles extends PeriodicJob {
  readonly name = 'expire-files'
  readonly everyMs = 30_000
  readonly #deps: JobDeps

  constructor(deps: JobDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal }: PeriodicContext) {
    while (!signal.aborted && (await this.#expireOne()));
    while (!signal.aborted && (await this.#forgetOne()));
  }

  #expireOne(): Promise<boolean> {
    return this.#deps.transaction(async (tx) => {
      const file = await tx.files.takeDue(['ready'])
      if (file) await expireFile(tx, file, 'TIME_OVER')
      return file !== undefined
    })
  }

  #forgetOne(): Promise<boolean> {
    const { transaction, clock, settings } = this.#deps
    const before = new Date(clock.now().getTime() - settings.ENDED_RETENTION_DAYS * 86_400_000)
    return transaction(async (tx) => {
      const file = await tx.files.takeDue(['rejected', 'expired'], before)
      if (file) await tx.files.remove(file.id)
      return file !== undefined
    })
  }
}
