import { Type } from 'typebox'
import type { Event } from './event.ts'
import type { ReadableType } from './readable-types.ts'
import { checkReceived } from './schema-check.ts'

/** CloudEvents 1.0 in structured JSON (https://github.com/cloudevents/spec); `aggregateversion` is our extension. */
export const Envelope = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Type.String({ format: 'uuid' }),
  type: Type.String({ minLength: 1 }),
  source: Type.String({ minLength: 1 }),
  subject: Type.String(),
  time: Type.String({ format: 'date-time' }),
  aggregateversion: Type.Optional(Type.Integer()),
  traceparent: Type.Optional(Type.String()),
  data: Type.Unknown(),
})

export const envelopeMediaType = 'application/cloudevents+json'

/** A delivery that no attempt can ever process. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent'
}

export function writeEnvelope({ version, data, ...event }: Event): string {
  return JSON.stringify({
    specversion: '1.0',
    ...event,
    datacontenttype: 'application/json',
    aggregateversion: version,
    data,
  })
}

/**
 * Reads what the broker delivered, as one of the types that a job asked for; an earlier version of one is upcast to it.
 *
 * @throws UnreadableEvent when it is no JSON, no envelope, of another type, or its data does not fit the type's schema
 */
export function readEnvelope(body: string, types: ReadonlyMap<string, ReadableType>): Event {
  const envelope = parse(body)
  const wrong = checkReceived(Envelope)(envelope)
  if (wrong) throw new UnreadableEvent(`Not a CloudEvents envelope: ${wrong}`)
  const { id, type, source, subject, time, aggregateversion, traceparent, data } = envelope as Type.Static<
    typeof Envelope
  >
  const known = types.get(type)
  if (!known) throw new UnreadableEvent(`This job does not know the type ${type}`)
  const misfit = checkReceived(known.data)(data)
  if (misfit) throw new UnreadableEvent(`The data of ${type} does not fit its schema: ${misfit}`)
  const event = { id, source, subject, time, version: aggregateversion, traceparent }
  return { ...event, type: known.as.type, data: known.as.type === type ? data : upcast(data, type, known) }
}

function upcast(data: unknown, type: string, { as, upcast }: ReadableType): unknown {
  let now: unknown
  try {
    now = upcast(data)
  } catch (error) {
    throw new UnreadableEvent(`The data of ${type} cannot be read as ${as.type}: ${(error as Error).message}`)
  }
  const misfit = checkReceived(as.data)(now)
  if (misfit) throw new UnreadableEvent(`The data of ${type}, read as ${as.type}, does not fit its schema: ${misfit}`)
  return now
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new UnreadableEvent('Not JSON')
  }
}
