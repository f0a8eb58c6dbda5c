import type { FoundLetter } from '@slipway/broker'
import { parseTraceparent, redact } from '@slipway/observability'

/** As JSON, without the event's data. */
export const summary = ({ queue, id, type, diedAt, attempts, error, traceparent }: FoundLetter) => ({
  queue,
  id,
  type,
  diedAt: diedAt?.toISOString(),
  attempts,
  error,
  traceId: parseTraceparent(traceparent)?.traceId,
})

export function table(letters: readonly FoundLetter[]): string[] {
  const rows = letters.map(({ queue, id, type, diedAt, attempts, error }) => [
    queue,
    id,
    type ?? '(no event)',
    diedAt ? diedAt.toISOString().slice(0, 19) + 'Z' : '',
    String(attempts),
    firstLine(error),
  ])
  const all = [['queue', 'id', 'type', 'died', 'attempts', 'error'], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all.map((row) => row.map((cell, column) => (column === 5 ? cell : cell.padEnd(widths[column]!))).join('  '))
}

const firstLine = (text: string) => {
  const line = text.split('\n', 1)[0]!
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}

/** Everything about one letter. Secrets of its event are masked, as in logs, unless `reveal`. */
export function details(letter: FoundLetter, reveal: boolean): string[] {
  const { queue, type, attempts, diedAt, traceId } = { ...summary(letter) }
  return [
    `${letter.id}`,
    `  queue     ${queue}`,
    `  type      ${type ?? '(no event)'}`,
    `  died      ${diedAt ?? 'unknown'}`,
    `  attempts  ${attempts}`,
    `  error     ${letter.error.replaceAll('\n', '\n            ')}`,
    ...(traceId ? [`  trace     ${traceId} (slipway trace ${traceId})`] : []),
    ...bodyOf(letter, reveal).map((line) => `  ${line}`),
  ]
}

export function shownBody({ body }: FoundLetter, reveal: boolean): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return reveal ? value : redact(value)
  } catch {
    return reveal ? body : `${Buffer.byteLength(body)} bytes that are not JSON: --reveal shows them`
  }
}

function bodyOf(letter: FoundLetter, reveal: boolean): string[] {
  const shown = shownBody(letter, reveal)
  return (typeof shown === 'string' ? shown : JSON.stringify(shown, undefined, 2)).split('\n')
}
