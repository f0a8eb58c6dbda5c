import { afterEach, expect, test } from 'vitest'
import { createStrengthEstimator } from './strength-estimator.ts'

const estimator = createStrengthEstimator()
afterEach(() => estimator.close())

test('many at once each get their own answer', async () => {
  const passwords = ['password', 'violet-kettle-17-orbit', 'qwertyuiop', 'ann@example.com']
  const strengths = await Promise.all(passwords.map((password) => estimator.estimate(password, ['ann@example.com'])))

  expect(strengths.map(({ score }) => score)).toEqual([0, 4, 0, 0])
  expect(strengths[0]).toEqual({
    score: 0,
    warning: 'This is a heavily used password.',
    suggestions: expect.any(Array),
  })
})

test('what is known of the owner makes a password weak', async () => {
  const strong = await estimator.estimate('zanzibarquokka', [])
  const weak = await estimator.estimate('zanzibarquokka', ['zanzibarquokka'])

  expect(strong.score).toBeGreaterThan(2)
  expect(weak.score).toBe(0)
})

test('the event loop goes on while a long password is judged', async () => {
  const long = String.fromCharCode(...Array.from({ length: 256 }, (_, index) => 33 + ((index * 7) % 90)))
  const start = performance.now()
  let longestPause = 0
  let last = start
  const timer = setInterval(() => {
    longestPause = Math.max(longestPause, performance.now() - last)
    last = performance.now()
  }, 1)
  await estimator.estimate(long, [])
  clearInterval(timer)

  expect(longestPause).toBeLessThan((performance.now() - start) / 2)
})

test('who waits when the service stops is told so, and a later question starts anew', async () => {
  const waiting = estimator.estimate('violet-kettle-17-orbit', [])
  await Promise.all([expect(waiting).rejects.toThrow('The service stops'), estimator.close()])

  expect(await estimator.estimate('password', [])).toMatchObject({ score: 0 })
})
