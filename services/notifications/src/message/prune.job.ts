import { PeriodicJob } from '@slipway/broker'
import type { Deps } from '../deps.ts'

const batch = 1_000

type PruneDeps = Pick<Deps, 'transaction' | 'clock' | 'settings'>

/** Somebody may replay a dead letter that is a year old. */
const keepErasuresMs = 400 * 86_400_000

/** Deletes messages that have long been settled, and what keeps events about erased users out, once there are none. */
export class Prune extends PeriodicJob {
  readonly name = 'prune'
  readonly everyMs = 3_600_000
  readonly #deps: PruneDeps

  constructor(deps: PruneDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal }: { signal: AbortSignal }) {
    const { transaction, clock, settings } = this.#deps
    const ago = (ms: number) => new Date(clock.now().getTime() - ms)
    await transaction(({ erasures }) => erasures.prune(ago(keepErasuresMs)))
    const before = ago(settings.MESSAGE_RETENTION_DAYS * 86_400_000)
    const prune = () =>
      transaction(async ({ messages, mailbox }) => {
        const ids = await messages.prune(before, batch)
        await mailbox.remove(ids)
        return ids.length
      })
    while (!signal.aborted && (await prune()) === batch);
  }
}
