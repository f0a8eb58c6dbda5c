import { existsSync, readFileSync } from 'node:fs'

const document = new URL('../../../../docs/asyncapi.json', import.meta.url)

interface AsyncApi {
  channels: Record<string, { address?: string; bindings?: { amqp?: { is?: string } } }>
}

/** Queues of all jobs of this repository, from its AsyncAPI document: RabbitMQ lists none over AMQP. */
export function knownQueues(): string[] {
  if (!existsSync(document)) return []
  const { channels } = JSON.parse(readFileSync(document, 'utf8')) as AsyncApi
  return Object.values(channels).flatMap(({ address, bindings }) =>
    address && bindings?.amqp?.is === 'queue' ? [address] : [],
  )
}
