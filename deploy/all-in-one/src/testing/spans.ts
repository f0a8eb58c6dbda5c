import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredSpan } from '@slipway/observability'

/** Finished spans that the platform has kept, each with what led to it: `cause > service: name`. */
export function keptSpans(dataDir: string, traceId: string): { spans: StoredSpan[]; hops: string[] } {
  const folder = join(dataDir, 'traces')
  const spans = readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
    .filter((line) => line.includes(traceId))
    .map((line) => JSON.parse(line) as StoredSpan)
  const called = ({ service, name }: StoredSpan) => `${service}: ${name}`
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const hops = spans
    .filter(({ attributes }) => !('db.system.name' in attributes))
    .map((span) => {
      const cause = byId.get(span.parentId ?? '')
      return cause ? `${called(cause)} > ${called(span)}` : called(span)
    })
  return { spans, hops: hops.toSorted() }
}
