const longestTimerMs = 2 ** 31 - 1

/** Lets a loop sleep until someone has work for it. A wake-up that comes while it is busy is not lost. */
export class Wakeup {
  #pending = false
  #wake: (() => void) | undefined

  wake(): void {
    this.#pending = true
    this.#wake?.()
  }

  /** Resolves when woken, at once if that happened since the last sleep, and after `ms` at the latest. */
  async sleep(ms: number): Promise<void> {
    if (!this.#pending) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, Math.min(ms, longestTimerMs))
      this.#wake = resolve
      await promise
      clearTimeout(timer)
      this.#wake = undefined
    }
    this.#pending = false
  }
}
