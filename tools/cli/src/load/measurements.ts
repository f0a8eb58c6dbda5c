import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Stage } from './profiles.ts'

export interface Figures {
  count: number
  p50: number
  p99: number
}

/** What one stage saw. Times in milliseconds. */
export interface StageResult {
  /** Visits that should start in a second. */
  offered: number
  /** Visits that ended well in a second. */
  achieved: number
  /** Visits that failed. */
  failed: number
  /** Visits that could not start, because every shopper was still busy. */
  turnedAway: number
  visits: Figures
  requests: Figures & { perSecond: number }
  /** From paying at the bank until the event has made the cart paid. */
  eventLag: Figures
  byRequest: Record<string, Figures>
  /** What went wrong, and how often. */
  errors: Record<string, number>
}

/** Counts and times of one stage. Times go into HDR histograms: memory stays flat however long it runs. */
export class Measurements {
  achieved = 0
  failed = 0
  turnedAway = 0
  readonly #visits = createHistogram()
  readonly #requests = createHistogram()
  readonly #eventLag = createHistogram()
  readonly #byRequest = new Map<string, RecordableHistogram>()
  readonly #errors = new Map<string, number>()

  request(name: string, ms: number) {
    record(this.#requests, ms)
    let own = this.#byRequest.get(name)
    if (!own) this.#byRequest.set(name, (own = createHistogram()))
    record(own, ms)
  }

  eventLag(ms: number) {
    record(this.#eventLag, ms)
  }

  visit(ms: number) {
    this.achieved++
    record(this.#visits, ms)
  }

  failure(message: string) {
    this.failed++
    this.#errors.set(message, (this.#errors.get(message) ?? 0) + 1)
  }

  /** @param lasted seconds from the first start to the last end */
  result({ rate: offered, seconds: planned }: Stage, lasted: number): StageResult {
    // the last visit may start just before the end: its own time is no delay
    const seconds = Math.max(planned, lasted - figures(this.#visits).p50 / 1_000)
    return {
      offered,
      achieved: this.achieved / seconds,
      failed: this.failed,
      turnedAway: this.turnedAway,
      visits: figures(this.#visits),
      requests: { ...figures(this.#requests), perSecond: this.#requests.count / seconds },
      eventLag: figures(this.#eventLag),
      byRequest: Object.fromEntries([...this.#byRequest].map(([name, histogram]) => [name, figures(histogram)])),
      errors: Object.fromEntries(this.#errors),
    }
  }
}

const record = (histogram: RecordableHistogram, ms: number) => histogram.record(Math.max(1, Math.round(ms * 1_000)))

const figures = (histogram: RecordableHistogram): Figures => ({
  count: histogram.count,
  p50: histogram.count ? histogram.percentile(50) / 1_000 : 0,
  p99: histogram.count ? histogram.percentile(99) / 1_000 : 0,
})
