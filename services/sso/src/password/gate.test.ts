import { expect, test } from 'vitest'
import { Gate, TooBusy } from './gate.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('no more than the allowed number run at once, in the order they came', async () => {
  const gate = new Gate({ concurrency: 2, queue: 10 })
  const started: number[] = []
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const all = ends.map(({ promise }, index) => gate.run(() => (started.push(index), promise)))

  await settled()
  expect(started).toEqual([0, 1])

  ends[1]!.resolve()
  await settled()
  expect(started).toEqual([0, 1, 2])

  ends.forEach(({ resolve }) => resolve())
  await Promise.all(all)
  expect(started).toEqual([0, 1, 2, 3, 4])
})

test('work that fails gives its place back', async () => {
  const gate = new Gate({ concurrency: 1, queue: 1 })

  await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate.run(async () => 'next')).toBe('next')
})

test('who finds the line full is turned away at once', async () => {
  const gate = new Gate({ concurrency: 1, queue: 1 })
  const end = Promise.withResolvers<void>()
  const running = [gate.run(() => end.promise), gate.run(() => end.promise)]

  await expect(gate.run(async () => {})).rejects.toThrow(TooBusy)

  end.resolve()
  await Promise.all(running)
})
