import { Secret } from '@slipway/config'
import { Type, type Static, type TObject } from 'typebox'

const hours = (hours: number, description: string) => Type.Integer({ minimum: 1, default: hours, description })

/** Settings of events and jobs. `AMQP_URL` or `EVENTS_DATABASE_URL` is required; with both, RabbitMQ is used. */
export const brokerVariables = {
  AMQP_URL: Type.Optional(
    Secret({ pattern: '^amqps?://', description: 'RabbitMQ address: events go over RabbitMQ, else over PostgreSQL' }),
  ),
  EVENTS_DATABASE_URL: Type.Optional(
    Secret({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL database of events, the same for all services, without a pooler; unused with AMQP_URL',
    }),
  ),
  AMQP_PREFIX: Type.String({
    pattern: '^[a-z0-9-]*$',
    default: '',
    description: 'Before every exchange and queue, for platforms that share a virtual host',
  }),
  JOB_PREFETCH: Type.Integer({ minimum: 1, default: 20, description: 'Events in hand at once, for each job' }),
  JOB_CONCURRENCY: Type.Integer({
    minimum: 1,
    default: 5,
    description: 'Runs at once, for each job; each holds a connection of the pool',
  }),
  JOB_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 10_000, description: 'Longest run of a job that says nothing' }),
  JOB_MAX_ATTEMPTS: Type.Integer({ minimum: 1, default: 8, description: 'Attempts until an event is a dead letter' }),
  JOB_RETRY_DELAYS_MS: Type.String({
    pattern: '^[1-9][0-9]*(,[1-9][0-9]*)*$',
    default: '1000,5000,30000,300000,1800000',
    description: 'Wait after each failed attempt, comma-separated; the last stands for all later ones',
  }),
  OUTBOX_BATCH_SIZE: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: 500,
    description: 'Events published at once',
  }),
  OUTBOX_BATCH_BYTES: Type.Integer({
    minimum: 1,
    default: 4_194_304,
    description: 'A batch weighs no more than this and one event; the relay holds two',
  }),
  OUTBOX_POLL_MS: Type.Integer({
    minimum: 1,
    default: 1_000,
    description: 'Look for events that NOTIFY did not tell of',
  }),
  OUTBOX_RETENTION_HOURS: hours(24, 'Published events are kept this long'),
  OUTBOX_UNROUTABLE_HOURS: hours(7 * 24, 'Events that no queue is bound to are kept and tried this long'),
  INBOX_RETENTION_HOURS: hours(7 * 24, 'An event delivered again within this time is known as a duplicate'),
}

export type BrokerSettings = Static<TObject<typeof brokerVariables>>
