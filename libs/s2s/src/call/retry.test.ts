import { expect, test } from 'vitest'
import { delayMs, RetryBudget } from './retry.ts'

test('delays grow, are jittered from zero, bounded, and never shorter than Retry-After', () => {
  const longest = [1, 2, 3, 10].map((attempt) => delayMs(attempt, {}, () => 1))
  expect(longest).toEqual([50, 100, 200, 1_000])
  expect(delayMs(3, {}, () => 0)).toBe(0)
  expect(delayMs(1, { retryAfterMs: 2_000 }, () => 1)).toBe(2_000)
})

test('retries stop when little is answered, and come back with answers', () => {
  const budget = new RetryBudget()
  expect(Array.from({ length: 15 }, () => budget.take()).filter(Boolean)).toHaveLength(10)
  expect(budget.take()).toBe(false)
  for (let answer = 0; answer < 100; answer++) budget.answered()
  expect(budget.take()).toBe(true)
})
