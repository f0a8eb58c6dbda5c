import { expect, test } from 'vitest'
import { Slots, type Limit } from './slots.ts'

/** Work that goes on until it is told to end. */
function start(limit: Limit, count: number) {
  const ends: (() => void)[] = []
  const all = Array.from({ length: count }, () => limit(() => new Promise<void>((resolve) => ends.push(resolve))))
  return { all: Promise.all(all), running: () => ends.length, end: () => ends.shift()?.() }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a job has no more than its slots, and goes on in the order of arrival', async () => {
  const limit = new Slots(2, 100).lane()
  const order: number[] = []
  await Promise.all([1, 2, 3, 4].map((each) => limit(async () => void (await turn(), order.push(each)))))
  expect(order).toEqual([1, 2, 3, 4])

  const work = start(limit, 5)
  await turn()
  expect(work.running()).toBe(2)
  work.end()
  await turn()
  expect(work.running()).toBe(2)
})

test('jobs that hang leave each other job its slot, however many they want', async () => {
  const slots = new Slots(5, 8)
  const [hangs, hangsToo, works, late] = [slots.lane(), slots.lane(), slots.lane(), slots.lane()]
  const hung = [start(hangs, 20), start(hangsToo, 20)] as const
  await turn()
  expect(hung.map((one) => one.running())).toEqual([5, 1])

  const healthy = start(works, 3)
  await turn()
  expect(healthy.running()).toBe(1)
  for (let ended = 0; ended < 3; ended++) {
    healthy.end()
    await turn()
  }
  await healthy.all
  expect(await late(async () => 'done')).toBe('done')
})

test('what a job gives back, another takes', async () => {
  const slots = new Slots(5, 6)
  const one = start(slots.lane(), 9)
  await turn()
  const other = start(slots.lane(), 9)
  await turn()
  expect([one.running(), other.running()]).toEqual([5, 1])
  for (let ended = 0; ended < 9; ended++) {
    one.end()
    await turn()
  }
  await one.all
  expect(other.running()).toBe(5)
})

test('work that throws gives its slot back', async () => {
  const limit = new Slots(1, 1).lane()
  await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await limit(async () => 'next')).toBe('next')
})

test('fewer connections than jobs: each still has a turn', async () => {
  const slots = new Slots(5, 1)
  const lanes = [slots.lane(), slots.lane(), slots.lane()]
  expect(await Promise.all(lanes.map((lane) => lane(async () => 'ran')))).toEqual(['ran', 'ran', 'ran'])
})
