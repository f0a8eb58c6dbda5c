import type { Sql } from '@slipway/database'
import { SpanKind, type Observability } from '@slipway/observability'
import { uuidv7 } from 'uuidv7'
import { writeEnvelope } from '../envelope.ts'
import type { NewEvent } from '../event.ts'
import { outboxChannel } from './channel.ts'
import { checkEmitted } from '../schema-check.ts'

const insert = `
  WITH emitted AS (
    INSERT INTO messaging.outbox (id, type, event, bytes, due_at)
    VALUES ($1, $2, $3, octet_length($3::json::text), greatest(now(), $4::timestamptz))
  )
  SELECT pg_notify('${outboxChannel}', '')`

/** Data that does not fit the schema of its event type: a mistake of the emitting code. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent'
}

export interface Outbox {
  /**
   * Announces an event if and when the transaction of `sql` commits; the relay publishes it afterwards.
   *
   * @throws InvalidEvent when the data does not fit the event type's schema
   */
  emit<Data>(sql: Sql, event: NewEvent<Data>, options?: EmitOptions): Promise<void>
}

export interface EmitOptions {
  /** Not published before this time, and soon after it. At once when absent or past. */
  readonly at?: Date
}

export interface OutboxOptions {
  /** The emitting service. */
  source: string
  /** W3C traceparent of the work that emits, such as `observability.traceparent`. */
  traceparent?: () => string | undefined
  /** Makes the emitting a span of its own, from which the consumers' go on. */
  span?: Observability['span']
  now?: () => Date
  newId?: () => string
}

/** Needs no broker: a process that only serves requests emits just so. */
export function createOutbox({
  source,
  traceparent = () => undefined,
  span,
  now = () => new Date(),
  newId = uuidv7,
}: OutboxOptions): Outbox {
  return {
    async emit(sql, { on, subject, version, data }, { at } = {}) {
      const wrong = checkEmitted(on.data)(data)
      if (wrong) throw new InvalidEvent(`The data of ${on.type} does not fit its schema: ${wrong}`)
      const id = newId()
      const time = now().toISOString()
      const write = async () => {
        const event = { id, type: on.type, source, subject, time, version, traceparent: traceparent(), data }
        await sql.query(insert, [id, on.type, writeEnvelope(event), at ?? null])
      }
      await (span ? span(`emit ${on.type}`, spanOptions(id, on.type, subject), write) : write())
    },
  }
}

const spanOptions = (id: string, type: string, subject: string) => ({
  kind: SpanKind.PRODUCER,
  attributes: {
    'messaging.operation.type': 'send',
    'messaging.destination.name': type,
    'messaging.message.id': id,
    'slipway.subject': subject,
  },
})
