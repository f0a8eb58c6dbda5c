import type { MaybePromise } from '../maybe-promise.ts'
import type { Grant } from './grant.ts'

const defaultLifetimeSeconds = 60
const maxMarginMs = 10_000
const pauseAfterFailureMs = 5_000
const pauseAfterRefusalMs = 1_000

interface SlotOptions {
  clock: { now(): Date }
  /** Part of its lifetime after which the token is renewed while it still serves; 1: only when it no longer does. */
  renewAfter: () => number
}

interface HeldToken {
  value: string
  renewAt: number
  usableUntil: number
}

/** One token that many calls share: fetched once however many want it, and renewed before it ends. */
export class TokenSlot {
  readonly #options: SlotOptions
  #held: HeldToken | undefined
  #pending: Promise<string> | undefined
  #droppedAt = Number.NEGATIVE_INFINITY

  constructor(options: SlotOptions) {
    this.#options = options
  }

  get(fetch: () => Promise<Grant>): MaybePromise<string> {
    const now = this.#now()
    const held = this.#held
    if (held && now < held.renewAt) return held.value
    this.#pending ??= this.#renew(fetch).finally(() => (this.#pending = undefined))
    if (!held || now >= held.usableUntil) return this.#pending
    // renewed behind the caller's back; while that fails, the token in hand goes on
    this.#pending.catch(() => {})
    return held.value
  }

  holds(token: string): boolean {
    return this.#held?.value === token
  }

  /** Forgets a token that was refused; not again at once, so that a refusal for another reason is no storm on SSO. */
  drop(): boolean {
    const now = this.#now()
    if (now - this.#droppedAt < pauseAfterRefusalMs) return false
    this.#droppedAt = now
    this.#held = undefined
    return true
  }

  async #renew(fetch: () => Promise<Grant>): Promise<string> {
    const asked = this.#now()
    try {
      const { access_token: value, expires_in: seconds = defaultLifetimeSeconds } = await fetch()
      const usable = seconds * 1_000 - Math.min(maxMarginMs, seconds * 100)
      this.#held = { value, renewAt: asked + usable * this.#options.renewAfter(), usableUntil: asked + usable }
      return value
    } catch (error) {
      if (this.#held) this.#held.renewAt = this.#now() + pauseAfterFailureMs
      throw error
    }
  }

  #now() {
    return this.#options.clock.now().getTime()
  }
}
