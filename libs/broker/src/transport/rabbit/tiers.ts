import { jitteredTiers } from '../../jitter.ts'

/** The delays that a retry may have. RabbitMQ has a queue for each: a message's own TTL would wait for those before it. */
export class Tiers {
  /** Milliseconds, ascending. */
  readonly all: readonly number[]
  readonly #delaysMs: readonly number[]
  readonly #random: () => number

  constructor(delaysMs: readonly number[], random: () => number = Math.random) {
    this.#delaysMs = ascending(delaysMs)
    this.all = ascending(delaysMs.flatMap(jitteredTiers))
    this.#random = random
  }

  /** One of the tiers around the next longer delay, or around the longest. */
  pick(delayMs: number): number {
    const tiers = jitteredTiers(this.#delaysMs.find((each) => each >= delayMs) ?? this.#delaysMs.at(-1) ?? 0)
    return tiers[Math.floor(this.#random() * tiers.length)] ?? delayMs
  }
}

const ascending = (values: readonly number[]) => [...new Set(values)].sort((one, other) => one - other)
