import { AsyncLocalStorage } from 'node:async_hooks'
import type { Logger } from '@slipway/observability'
import type { Clock } from '@slipway/service-kit'

/** Work that falls due at times kept in the database. */
export interface AgendaItem {
  /** Does or begins what is due; calls `again` when more may have become so. */
  doDue(signal: AbortSignal, again: () => void): Promise<void>
  /** When the next thing falls due. */
  nextDue(): Promise<Date | undefined>
  /** Resolves when nothing that was begun is unfinished. */
  idle(): Promise<void>
}

/** It looks at least this often: another process may have made or left something. */
const patienceMs = 5_000
/** Something due that cannot be begun, because too much is in hand or another process has it, is not asked for without end. */
const breathMs = 50
const graceMs = 2_000

/**
 * Does what is due when woken and when the next thing falls due. A change wakes it after its commit. Any number of
 * processes may keep one: they share the work through the database.
 */
export class Agenda {
  readonly #items: readonly AgendaItem[]
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #outside = AsyncLocalStorage.snapshot()
  readonly #stopping = new AbortController()
  #stopped = false
  #woken = false
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor({ items, clock, logger }: { items: readonly AgendaItem[]; clock: Clock; logger: Logger }) {
    this.#items = items
    this.#clock = clock
    this.#logger = logger
  }

  wake = (): void => {
    if (this.#stopped) return
    this.#woken = true
    // outside of the request that woke it, whose context ends before this work does
    this.#running ??= this.#outside(() => this.#run())
  }

  /** Resolves when all that is due now has been tried. */
  async catchUp(): Promise<void> {
    this.wake()
    while (this.#running) {
      await this.#running
      await Promise.all(this.#items.map((item) => item.idle()))
    }
  }

  /** Lets what is in hand finish for a moment, then cuts it: it falls due again. */
  async stop(): Promise<void> {
    this.#stopped = true
    const cut = setTimeout(() => this.#stopping.abort(), graceMs)
    await this.#running
    await Promise.all(this.#items.map((item) => item.idle()))
    clearTimeout(cut)
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer)
    let waitMs = patienceMs
    try {
      while (this.#woken && !this.#stopped) {
        this.#woken = false
        for (const item of this.#items) await item.doDue(this.#stopping.signal, this.wake)
      }
      waitMs = await this.#untilNext()
    } catch (error) {
      this.#logger.warn({ err: error }, 'what is due could not be done; it is tried again')
    } finally {
      this.#running = undefined
    }
    if (this.#woken) this.wake()
    else if (!this.#stopped) this.#timer = setTimeout(this.wake, waitMs).unref()
  }

  async #untilNext(): Promise<number> {
    if (this.#stopped) return patienceMs
    const dates = await Promise.all(this.#items.map((item) => item.nextDue()))
    const times = dates.filter((date) => date !== undefined).map((date) => date.getTime() - this.#clock.now().getTime())
    return Math.min(patienceMs, ...times.map((ms) => Math.max(ms, breathMs)))
  }
}
