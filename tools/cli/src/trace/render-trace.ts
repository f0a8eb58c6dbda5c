import type { StoredSpan } from '@slipway/observability'
import { sharesOf, treeOf, type Branch, type Tally } from './trace-tree.ts'

/** A trace for people: what led to what, when and for how long; then what each service did. */
export function renderTrace(spans: readonly StoredSpan[]): string[] {
  const startedAt = Math.min(...spans.map((span) => span.startedAt))
  const took = Math.max(...spans.map((span) => span.startedAt + span.duration)) - startedAt
  const shares = sharesOf(spans)
  return [
    `Trace ${spans[0]?.traceId}, ${new Date(startedAt / 1_000).toISOString()}, ${ms(took)} ms through ${shares.map(({ service }) => service).join(', ')}`,
    '',
    '   at ms     ms',
    ...treeOf(spans).flatMap((branch) => lines(branch, startedAt, 0)),
    '',
    'service       requests            calls               jobs                statements          events',
    ...shares.map(({ service, requests, calls, jobs, statements, events }) =>
      [service.padEnd(12), ...[requests, calls, jobs, statements].map((tally) => shown(tally).padEnd(18)), events].join(
        '  ',
      ),
    ),
  ]
}

function lines({ span, children, statements }: Branch, startedAt: number, depth: number): string[] {
  const status = span.attributes['http.response.status_code'] ?? span.attributes['slipway.outcome']
  const to = span.attributes['peer.service']
  const what = [
    `${span.service}${to ? ` -> ${String(to)}` : ''}`,
    span.name,
    ...(status ? [String(status)] : []),
    ...(span.failed ? ['FAILED'] : []),
    ...(statements.count > 0 ? [`(${shown(statements)} in SQL)`] : []),
  ].join(' ')
  return [
    `${ms(span.startedAt - startedAt).padStart(8)} ${ms(span.duration).padStart(6)}  ${'  '.repeat(depth)}${what}`,
    ...children.flatMap((child) => lines(child, startedAt, depth + 1)),
  ]
}

const ms = (microseconds: number) => (microseconds / 1_000).toFixed(1)
const shown = ({ count, time }: Tally) => (count === 0 ? '-' : `${count}, ${ms(time)} ms`)
