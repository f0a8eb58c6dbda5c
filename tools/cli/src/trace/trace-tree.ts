import type { StoredSpan } from '@slipway/observability'

/** A span with what it led to. Statements are counted, not listed. */
export interface Branch {
  span: StoredSpan
  children: Branch[]
  statements: Tally
}

export interface Tally {
  count: number
  /** Microseconds. */
  time: number
}

/** What one service did in a trace. */
export interface Share {
  service: string
  requests: Tally
  calls: Tally
  statements: Tally
  events: number
  jobs: Tally
}

const isStatement = ({ attributes }: StoredSpan) => 'db.system.name' in attributes

/** Spans by what caused them. One whose cause is not kept here, such as a browser's, is a root. */
export function treeOf(spans: readonly StoredSpan[]): Branch[] {
  const branches = new Map<string, Branch>()
  for (const span of spans) {
    if (!isStatement(span)) branches.set(span.spanId, { span, children: [], statements: { count: 0, time: 0 } })
  }
  for (const span of spans.filter(isStatement)) add(branches.get(span.parentId ?? '')?.statements, span)
  const all = [...branches.values()]
  for (const branch of all) branches.get(branch.span.parentId ?? '')?.children.push(branch)
  return all.filter(({ span }) => !branches.has(span.parentId ?? ''))
}

/** Requests answered, calls made, statements, events and jobs of each service, in the order of their first work. */
export function sharesOf(spans: readonly StoredSpan[]): Share[] {
  const shares = new Map<string, Share>()
  for (const span of spans) {
    const share = shares.get(span.service) ?? emptyShare(span.service)
    shares.set(span.service, share)
    if (isStatement(span)) add(share.statements, span)
    else if (span.kind === 'server') add(share.requests, span)
    else if (span.kind === 'client') add(share.calls, span)
    else if (span.kind === 'consumer') add(share.jobs, span)
    else if (span.kind === 'producer') share.events++
  }
  return [...shares.values()]
}

const emptyShare = (service: string): Share => ({
  service,
  requests: { count: 0, time: 0 },
  calls: { count: 0, time: 0 },
  statements: { count: 0, time: 0 },
  events: 0,
  jobs: { count: 0, time: 0 },
})

function add(tally: Tally | undefined, { duration }: StoredSpan) {
  if (!tally) return
  tally.count++
  tally.time += duration
}
