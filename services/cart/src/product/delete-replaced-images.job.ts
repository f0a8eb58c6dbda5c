import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { AppError } from '@slipway/errors'
import type { Deps } from '../deps.ts'

type JobDeps = Pick<Deps, 'transaction' | 'files'>

const batch = 50

/** Has Files delete the pictures that newer ones have replaced. What it cannot delete now is asked for again. */
export class DeleteReplacedImages extends PeriodicJob {
  readonly name = 'delete-replaced-images'
  readonly everyMs = 60_000
  readonly #deps: JobDeps

  constructor(deps: JobDeps) {
    super()
    this.#deps = deps
  }

  async run(context: PeriodicContext) {
    const { transaction } = this.#deps
    let after: string | undefined
    do {
      const fileIds = await transaction(({ productImages }) => productImages.replaced(after, batch))
      for (const fileId of fileIds) await this.#delete(fileId, context)
      after = fileIds.length === batch ? fileIds.at(-1) : undefined
    } while (after && !context.signal.aborted)
  }

  async #delete(fileId: string, { signal, logger }: PeriodicContext) {
    if (signal.aborted) return
    const { transaction, files } = this.#deps
    try {
      await files.remove(fileId)
      await transaction(({ productImages }) => productImages.forget(fileId))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      logger.warn({ fileId, err: error }, 'a replaced picture could not be deleted yet')
    }
  }
}
