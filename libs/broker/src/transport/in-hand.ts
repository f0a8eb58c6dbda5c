/** Counts what was handed out and is not settled yet. */
export class InHand {
  readonly #pieces = new Set<Promise<void>>()

  get size(): number {
    return this.#pieces.size
  }

  /** The piece must not reject. */
  add(piece: Promise<void>): void {
    this.#pieces.add(piece)
    void piece.finally(() => this.#pieces.delete(piece))
  }

  async idle(): Promise<void> {
    while (this.#pieces.size > 0) await Promise.all(this.#pieces)
  }
}
