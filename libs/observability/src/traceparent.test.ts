import { expect, test } from 'vitest'
import { formatTraceparent, parseTraceparent } from './traceparent.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

test('round trip', () => {
  const header = `00-${traceId}-${spanId}-01`
  const context = parseTraceparent(header)
  expect(context).toEqual({ traceId, spanId, traceFlags: 1, isRemote: true })
  expect(context && formatTraceparent(context)).toBe(header)
})

test('a later version is read as far as it is known', () => {
  expect(parseTraceparent(`01-${traceId}-${spanId}-00-more`)).toMatchObject({ traceId, spanId, traceFlags: 0 })
})

test.each([
  undefined,
  '',
  'garbage',
  `ff-${traceId}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${traceId}-${spanId}-01-more`,
  `00-${traceId}-${spanId}`,
])('malformed: %s', (header) => {
  expect(parseTraceparent(header)).toBeUndefined()
})
