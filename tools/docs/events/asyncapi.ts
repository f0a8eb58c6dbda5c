import { Envelope, envelopeMediaType, type EventType } from '@slipway/broker'
import { ownerOf, queueOf, type Catalog, type CatalogJob } from './catalog.ts'

/**
 * The AsyncAPI 3 document of the whole platform: a channel for each event type, as RabbitMQ routes it, and one for the
 * queue of each job (https://www.asyncapi.com/docs/reference/specification/v3.0.0).
 */
export function asyncApi({ events, jobs }: Catalog) {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Slipway events',
      version: '1.0.0',
      description:
        'Broadcast events between services, as CloudEvents 1.0. They come at least once and in any order. Generated from libs/contracts and the jobs of the services: npm run docs.',
    },
    defaultContentType: envelopeMediaType,
    channels: Object.fromEntries([
      ...events.map(({ type }) => [type, topicOf(type)] as const),
      ...jobs.map((job) => [queueOf(job), queueChannel(job)] as const),
    ]),
    operations: Object.fromEntries([
      ...events.map(({ type }) => [`emit.${type}`, emits(type)] as const),
      ...jobs.map((job) => [`run.${queueOf(job)}`, runs(job)] as const),
    ]),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.type, message(event)])),
      schemas: { envelope: { ...plain(Envelope), description: 'CloudEvents 1.0 in structured JSON' } },
    },
  }
}

const reference = (...path: string[]) => ({ $ref: `#/${path.join('/')}` })

const topicOf = (type: string) => ({
  address: type,
  messages: { [type]: reference('components', 'messages', type) },
  bindings: {
    amqp: {
      is: 'routingKey',
      exchange: { name: 'events', type: 'topic', durable: true, autoDelete: false },
      bindingVersion: '0.3.0',
    },
  },
})

const queueChannel = (job: CatalogJob) => ({
  address: queueOf(job),
  description: `The queue of ${job.service}'s job ${job.name}; what it gives up on goes to ${queueOf(job)}.dead`,
  messages: Object.fromEntries(job.types.map((type) => [type, reference('components', 'messages', type)])),
  bindings: {
    amqp: {
      is: 'queue',
      queue: { name: queueOf(job), durable: true, exclusive: false, autoDelete: false },
      bindingVersion: '0.3.0',
    },
  },
})

const emits = (type: string) => ({
  action: 'send',
  channel: reference('channels', type),
  summary: `${ownerOf(type)} announces it`,
  messages: [reference('channels', type, 'messages', type)],
})

const runs = (job: CatalogJob) => ({
  action: 'receive',
  channel: reference('channels', queueOf(job)),
  summary: `${job.service} reacts in its job ${job.name}`,
  messages: job.types.map((type) => reference('channels', queueOf(job), 'messages', type)),
})

const message = ({ type, data, earlier }: EventType) => ({
  name: type,
  ...(earlier && { description: `Takes the place of ${earlier.on.type}; jobs that listen to this get that as well.` }),
  contentType: envelopeMediaType,
  payload: {
    allOf: [reference('components', 'schemas', 'envelope')],
    properties: { type: { const: type }, source: { const: ownerOf(type) }, data: plain(data) },
  },
})

/** Without what only the compiler or TypeBox sees. */
const plain = (schema: object) => JSON.parse(JSON.stringify(schema)) as Record<string, unknown>
