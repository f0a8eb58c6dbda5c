/** Runs `work` as soon as there is a slot for it. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>

interface Lane {
  running: number
  readonly waiting: (() => void)[]
}

/**
 * Who may run at once, where each run holds a connection of one pool. A job has at most `perJob` slots, and all jobs
 * together `total`; but one slot is every job's own, so that jobs that hang or are slow never take the last connection
 * from the others.
 */
export class Slots {
  readonly #perJob: number
  readonly #total: number
  readonly #lanes: Lane[] = []

  constructor(perJob: number, total: number) {
    this.#perJob = perJob
    this.#total = total
  }

  /** The limit of one more job; first come, first served. */
  lane(): Limit {
    const lane: Lane = { running: 0, waiting: [] }
    this.#lanes.push(lane)
    return async (work) => {
      await new Promise<void>((resolve) => {
        lane.waiting.push(resolve)
        this.#admit(lane)
      })
      try {
        return await work()
      } finally {
        lane.running--
        this.#admit(lane)
        for (const other of this.#lanes) this.#admit(other)
      }
    }
  }

  #admit(lane: Lane): void {
    while (lane.waiting.length > 0 && this.#hasSlot(lane)) {
      lane.running++
      lane.waiting.shift()?.()
    }
  }

  #hasSlot(lane: Lane): boolean {
    if (lane.running === 0) return true
    if (lane.running >= this.#perJob) return false
    const taken = this.#lanes.reduce((sum, { running }) => sum + Math.max(1, running), 0)
    return taken < this.#total
  }
}
