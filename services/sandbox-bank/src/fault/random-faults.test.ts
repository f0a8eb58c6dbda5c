import { expect, test } from 'vitest'
import { faults } from './fault.ts'
import { randomFaults } from './random-faults.ts'

const drawn = (options: { percent: number; seed: number }) => {
  const next = randomFaults(options)
  return Array.from({ length: 2_000 }, () => next()[0])
}

test('a seed draws the same faults each time, another one others', () => {
  expect(drawn({ percent: 30, seed: 7 })).toEqual(drawn({ percent: 30, seed: 7 }))
  expect(drawn({ percent: 30, seed: 7 })).not.toEqual(drawn({ percent: 30, seed: 8 }))
})

test('about so many requests get one, and each kind comes', () => {
  const got = drawn({ percent: 30, seed: 1 }).filter((fault) => fault !== undefined)
  expect(got.length).toBeGreaterThan(500)
  expect(got.length).toBeLessThan(700)
  expect(new Set(got)).toEqual(new Set(faults))
  expect(drawn({ percent: 0, seed: 1 }).every((fault) => fault === undefined)).toBe(true)
  expect(drawn({ percent: 100, seed: 1 }).every((fault) => fault !== undefined)).toBe(true)
})
