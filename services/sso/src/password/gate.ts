import { AppError } from '@slipway/errors'

export class TooBusy extends AppError {
  readonly code = 'TOO_BUSY'
  readonly status = 503
  constructor() {
    super('Too many passwords are being checked; try again', { headers: { 'retry-after': '1' } })
  }
}

/** Lets so many pieces of work run at once, keeps so many waiting in line, and turns the rest away. */
export class Gate {
  readonly #limits: { concurrency: number; queue: number }
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(limits: { concurrency: number; queue: number }) {
    this.#limits = limits
  }

  /** @throws TooBusy when the line is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  async #enter() {
    if (this.#running < this.#limits.concurrency) {
      this.#running++
      return
    }
    if (this.#waiting.length >= this.#limits.queue) throw new TooBusy()
    const turn = Promise.withResolvers<void>()
    this.#waiting.push(turn.resolve)
    await turn.promise
  }

  /** The place of who leaves goes to the next in line, so nobody slips in between. */
  #leave() {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running--
  }
}
