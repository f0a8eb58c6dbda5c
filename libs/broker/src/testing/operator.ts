import { connect, type Channel } from 'amqplib'

export interface Operator extends AsyncDisposable {
  readonly channel: Channel
}

/** A channel of the test's own, past what it tests. What fails rejects its call; unheard, it would end the process too. */
export async function openOperator(url: string): Promise<Operator> {
  const connection = await connect(url, { timeout: 10_000 })
  connection.on('error', () => {})
  const channel = await connection.createChannel()
  channel.on('error', () => {})
  return { channel, [Symbol.asyncDispose]: () => connection.close().catch(() => {}) }
}
