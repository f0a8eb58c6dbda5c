import { expect, test } from 'vitest'
import { parseFaults, unite } from './fault.ts'

test('a list of faults is read with its blanks, each once', () => {
  expect(parseFaults(' no-webhook, timeout-before ,,no-webhook')).toEqual(['no-webhook', 'timeout-before'])
  expect(parseFaults('')).toEqual([])
})

test('an unknown fault is refused by naming the known ones', () => {
  expect(() => parseFaults('no-webhook,explode')).toThrow('Known faults are timeout-after-charging, timeout-before')
})

test('lists unite without doubles', () => {
  expect(unite(['no-webhook'], ['no-webhook', 'late-webhook'])).toEqual(['no-webhook', 'late-webhook'])
})
