import { randomBytes } from 'node:crypto'
import { connect } from 'amqplib'
import { inject } from 'vitest'
import { PostgresTransport } from '../transport/postgres/postgres-transport.ts'
import { RabbitTransport } from '../transport/rabbit/rabbit-transport.ts'
import type { Transport } from '../transport/transport.ts'
import { testObservability } from './observability.ts'
import { Proxy } from './proxy.ts'
import { scratchDatabase } from './scratch-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    amqpUrl: string
  }
}

/** One real message broker, for one test file. */
export interface Engine {
  readonly name: string
  readonly url: string
  /** What a process opens; `url` when it goes through a proxy. */
  open(url?: string): Transport
  proxy(): Promise<{ proxy: Proxy; url: string }>
  remove(): Promise<void>
}

export const testDelaysMs = [50, 400]

export const amqpUrl = () => inject('amqpUrl')

export async function postgresEngine(): Promise<Engine> {
  const { url, drop } = await scratchDatabase('empty')
  return {
    name: 'PostgreSQL',
    url,
    open: (through = url) => new PostgresTransport({ url: through, logger: testObservability().logger }),
    proxy: () => Proxy.before(url, 5432),
    remove: drop,
  }
}

export async function rabbitEngine(): Promise<Engine> {
  const url = amqpUrl()
  const prefix = `test-${randomBytes(6).toString('hex')}-`
  const opened: { queue: string }[] = []
  return {
    name: 'RabbitMQ',
    url,
    open(through = url) {
      const { logger } = testObservability()
      const transport = new RabbitTransport({ url: through, name: 'test', prefix, retryDelaysMs: testDelaysMs, logger })
      const subscribe = transport.subscribe.bind(transport)
      transport.subscribe = (subscription) => {
        opened.push({ queue: subscription.queue })
        return subscribe(subscription)
      }
      return transport
    },
    proxy: () => Proxy.before(url, 5672),
    async remove() {
      const connection = await connect(url)
      const channel = await connection.createChannel()
      for (const { queue } of opened) {
        const tiers = testDelaysMs.map((ms) => `${queue.split('.')[0]}.retry.${ms}ms`)
        for (const name of [queue, `${queue}.dead`, ...tiers]) await channel.deleteQueue(prefix + name)
        for (const name of tiers) await channel.deleteExchange(prefix + name)
      }
      await channel.deleteExchange(`${prefix}events`)
      await connection.close()
    },
  }
}
