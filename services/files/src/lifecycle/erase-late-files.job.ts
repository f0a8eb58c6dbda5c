import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import { eraseFiles } from './erase-files-of-user.job.ts'

type JobDeps = Pick<Deps, 'transaction'>

/** Deletes what an erased user's last access token uploaded afterwards, or was about to reserve when they were erased. */
export class EraseLateFiles extends PeriodicJob {
  readonly name = 'erase-late-files'
  readonly everyMs = 600_000
  readonly #deps: JobDeps

  constructor(deps: JobDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal }: PeriodicContext) {
    const { transaction } = this.#deps
    for (const userId of await transaction((tx) => tx.erasures.list())) {
      if (signal.aborted) return
      await transaction((tx) => eraseFiles(tx, userId))
    }
    await transaction((tx) => tx.erasures.finish())
  }
}
