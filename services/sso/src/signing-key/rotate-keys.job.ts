import { PeriodicJob } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import { rotateKeys } from './key-rotation.ts'

const dayMs = 86_400_000

/** Rotates the signing keys when it is time, and deletes those whose last token has expired. */
export class RotateKeys extends PeriodicJob {
  readonly name = 'rotate-keys'
  readonly everyMs = 600_000
  readonly #deps: Deps

  constructor(deps: Deps) {
    super()
    this.#deps = deps
  }

  async run() {
    const { settings, clock, transaction } = this.#deps
    const days = settings.SIGNING_KEY_ROTATION_DAYS
    if (days > 0) await rotateKeys({ olderThanMs: days * dayMs }, this.#deps)
    await transaction(({ signingKeys }) => signingKeys.prune(clock.now()))
  }
}
