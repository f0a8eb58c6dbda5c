import { expect, test } from 'vitest'
import { accountKey, refuseFor, TooManyAttempts, waitAfter, type Counter } from './attempt.ts'

const now = new Date('2026-01-01T12:00:00Z')
const policy = { free: 3, longestDelayMs: 60_000, forgetAfterMs: 600_000 }
const counter = (count: number, agoMs = 0): Counter => ({
  key: 'k',
  count,
  firstAt: new Date(now.getTime() - agoMs),
  lastAt: new Date(now.getTime() - agoMs),
})

test.each([
  [1, 0],
  [2, 0],
  [3, 1_000],
  [4, 2_000],
  [5, 4_000],
  [8, 32_000],
  [9, 60_000],
  [5_000, 60_000],
])('after %i failures the next attempt waits %i ms', (count, wait) => {
  expect(waitAfter(counter(count), policy, now)).toBe(wait)
})

test('the wait shrinks as time passes and then is over', () => {
  expect(waitAfter(counter(5, 1_500), policy, now)).toBe(2_500)
  expect(waitAfter(counter(5, 4_000), policy, now)).toBe(0)
})

test('old failures are forgotten', () => {
  expect(waitAfter(counter(5_000, 599_999), { ...policy, longestDelayMs: 900_000 }, now)).toBe(300_001)
  expect(waitAfter(counter(5_000, 600_000), { ...policy, longestDelayMs: 900_000 }, now)).toBe(0)
})

test('a refusal says in whole seconds when to come back', () => {
  expect(() => refuseFor(0)).not.toThrow()
  try {
    refuseFor(1_200)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(TooManyAttempts)
    expect(error).toMatchObject({ status: 429, headers: { 'retry-after': '2' }, extensions: { retryAfterSeconds: 2 } })
  }
})

test('an owner at a known network is counted apart from strangers', () => {
  const strangers = accountKey('a@example.com', undefined)

  expect(accountKey('a@example.com', '192.0.2.1')).not.toBe(strangers)
  expect(accountKey('a@example.com', '192.0.2.1')).not.toBe(accountKey('a@example.com', '192.0.2.2'))
  expect(accountKey('b@example.com', undefined)).not.toBe(strangers)
  expect(strangers).not.toContain('example')
})
