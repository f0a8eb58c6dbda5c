import { expect, test } from 'vitest'
import { afterFailure } from './message.ts'

const day = 86_400_000

/** When each attempt is made, in milliseconds after the first, while all of them fail. */
function attempts() {
  const times = [0]
  for (;;) {
    const outcome = afterFailure({ attempts: times.length }, '421 down', new Date(times.at(-1)!))
    if ('status' in outcome) return { times, outcome }
    times.push(outcome.retryAt.getTime())
  }
}

test('a message is tried again at growing distances, never more than an hour, and outlives an outage of a day', () => {
  const { times, outcome } = attempts()
  expect(times.slice(0, 4)).toEqual([0, 5_000, 15_000, 35_000])
  const delays = times.slice(1).map((time, index) => time - times[index]!)
  expect(delays).toEqual(delays.toSorted((a, b) => a - b))
  expect(delays.at(-1)).toBe(3_600_000)
  expect(times.at(-1)).toBeGreaterThan(day)
  expect(outcome).toEqual({ status: 'failed', error: '421 down' })
})
