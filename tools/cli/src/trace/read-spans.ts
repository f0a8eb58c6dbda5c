import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { StoredSpan } from '@slipway/observability'

/** Traces of the folder that the id names: a trace's own, or that of anything which its spans mention. Oldest first. */
export async function findTraces(folder: string, id: string): Promise<StoredSpan[][]> {
  const traceIds = new Set<string>()
  for await (const line of linesIn(folder)) {
    if (line.includes(id)) traceIds.add(parse(line)?.traceId ?? '')
  }
  const traces = new Map<string, StoredSpan[]>()
  for await (const line of linesIn(folder)) {
    const span = parse(line)
    if (span && traceIds.has(span.traceId)) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
  }
  return [...traces.values()]
    .map((spans) => spans.toSorted((one, other) => one.startedAt - other.startedAt))
    .toSorted(([one], [other]) => one!.startedAt - other!.startedAt)
}

async function* linesIn(folder: string): AsyncGenerator<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'))
  for (const name of names) yield* createInterface({ input: createReadStream(join(folder, name)) })
}

/** The last line of a file may be half written. */
function parse(line: string): StoredSpan | undefined {
  try {
    return JSON.parse(line) as StoredSpan
  } catch {
    return undefined
  }
}
