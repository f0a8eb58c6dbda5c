/** Every name on the RabbitMQ side. The prefix keeps platforms (or tests) that share a virtual host apart. */
export class Names {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** The topic exchange of all events; routing key = event type. */
  get events(): string {
    return `${this.#prefix}events`
  }

  queue(queue: string): string {
    return this.#prefix + queue
  }

  dead(queue: string): string {
    return `${this.#prefix}${queue}.dead`
  }

  /** One service's waiting room for one delay: a fanout exchange and its queue. */
  tier(queue: string, delayMs: number): string {
    const [service] = queue.split('.')
    return `${this.#prefix}${service}.retry.${delayMs}ms`
  }
}
