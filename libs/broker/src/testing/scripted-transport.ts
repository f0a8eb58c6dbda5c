import type { Message, PublishOutcome } from '../transport/transport.ts'

/** The publishing half of a transport, whose answers the test writes. */
export class ScriptedTransport {
  readonly batches: string[][] = []
  /** What becomes of one message. */
  answer: (message: Message) => PublishOutcome | Promise<PublishOutcome> = () => 'confirmed'
  up = true

  async publish(messages: readonly Message[]): Promise<PublishOutcome[]> {
    this.batches.push(messages.map(({ id }) => id))
    return Promise.all(messages.map((message) => this.answer(message)))
  }

  async ready(): Promise<void> {
    if (!this.up) throw new Error('down')
  }

  get published(): string[] {
    return this.batches.flat()
  }
}
