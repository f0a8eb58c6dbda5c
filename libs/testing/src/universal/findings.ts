/** Lines that are shown at most, each place getting its share. */
const longest = 200
const leastForEach = 5

/** What a check found wrong, gathered so that one run tells everything. */
export class Findings {
  readonly #rule: string
  readonly #found = new Map<string, Set<string>>()

  /** @param rule what should be true of every route, as a sentence */
  constructor(rule: string) {
    this.#rule = rule
  }

  /** @param where the route, such as `GET /cart/v1/cart` */
  add(where: string, what: string) {
    const known = this.#found.get(where) ?? new Set()
    this.#found.set(where, known.add(what))
  }

  /** @throws Error that lists every place, with so much of what is wrong there as can be read */
  throwIfAny() {
    if (this.#found.size === 0) return
    const share = Math.max(leastForEach, Math.floor(longest / this.#found.size))
    const lines = [...this.#found].flatMap(([where, found]) => {
      const more = found.size - share
      const shown = [...found].slice(0, share).map((what) => `${where}: ${what}`)
      return more > 0 ? [...shown, `${where}: ... and ${more} more`] : shown
    })
    throw new Error([`${this.#rule}. This is not so:`, ...lines].join('\n  '))
  }
}
