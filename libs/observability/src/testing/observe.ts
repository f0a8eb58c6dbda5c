import { readSettings } from '@slipway/config'
import { Type } from 'typebox'
import { createObservability, observabilityVariables, type ObservabilityOptions } from '../index.ts'

const schema = Type.Object(observabilityVariables)

/** An observability of cart 1.2.3 whose lines are collected. */
export function observe(environment: Record<string, string> = {}, options: Partial<ObservabilityOptions> = {}) {
  const lines: string[] = []
  const observability = createObservability({
    service: 'cart',
    version: '1.2.3',
    settings: readSettings(schema, environment),
    destination: { write: (line) => void lines.push(line) },
    ...options,
  })
  return { observability, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> }
}

/** Ids that count up, so that traces can be compared whole. */
export function countingIds() {
  let next = 0
  const id = (length: number) => (++next).toString(16).padStart(length, '0')
  return { generateTraceId: () => id(32), generateSpanId: () => id(16) }
}
