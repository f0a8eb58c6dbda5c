import { SpanKind, SpanStatusCode, type Attributes, type Observability, type Span } from '@slipway/observability'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'

type Callback = (error: Error | null, result: unknown) => void
type Query = (...args: unknown[]) => unknown

const textLimit = 1_000

/** Makes each statement on the pool's connections a span of the work that sends it. Their values are not shown. */
export function traceStatements(pool: pg.Pool, observability: Pick<Observability, 'begin' | 'context'>) {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as Query
    client.query = ((...args: unknown[]) => {
      if (!observability.context.get()?.span.isRecording()) return query(...args)
      return traced(query, args, observability)
    }) as typeof client.query
  })
}

function traced(query: Query, args: unknown[], { begin }: Pick<Observability, 'begin'>): unknown {
  const { name, attributes } = described(args[0])
  const { span } = begin(name, { kind: SpanKind.CLIENT, attributes })
  const callback = args.at(-1)
  if (typeof callback === 'function') {
    const called: Callback = (error, result) => {
      finish(span, error)
      ;(callback as Callback)(error, result)
    }
    return query(...args.slice(0, -1), called)
  }
  const result = query(...args)
  if (result instanceof Promise)
    result.then(
      () => finish(span),
      (error: Error) => finish(span, error),
    )
  else span.end() // a cursor or stream: it ends by itself, unseen
  return result
}

function finish(span: Span, error?: Error | null) {
  const { code } = (error ?? {}) as { code?: string }
  if (error) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('db.response.status_code', code ?? 'unknown')
  span.end()
}

interface Description {
  name: string
  attributes: Attributes
}

/** Statements repeat: each is described once. */
const descriptions = new LRUCache<string, Description>({
  max: 1_000,
  maxEntrySize: 10_000,
  sizeCalculation: (_, statement) => statement.length + 1,
})

function described(first: unknown): Description {
  const given = typeof first === 'string' ? first : (first as { text?: unknown } | undefined)?.text
  const statement = typeof given === 'string' ? given : ''
  let description = descriptions.get(statement)
  if (!description) descriptions.set(statement, (description = describe(statement)))
  return description
}

function describe(statement: string): Description {
  const text = statement.replaceAll(/\s+/g, ' ').trim().slice(0, textLimit)
  const operation = /^\W*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'QUERY'
  return {
    name: `${operation}${tableOf(text)}`,
    attributes: { 'db.system.name': 'postgresql', 'db.operation.name': operation, 'db.query.text': text },
  }
}

/** The first table that the statement names, as the last part of its name: `SELECT carts`. */
function tableOf(text: string): string {
  const [, table] = /\b(?:FROM|INTO|UPDATE)\s+((?:"?\w+"?\.)*"?\w+"?)/i.exec(text) ?? []
  return table ? ` ${table.replaceAll('"', '').split('.').at(-1)}` : ''
}
