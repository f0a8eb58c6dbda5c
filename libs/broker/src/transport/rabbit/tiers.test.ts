import { expect, test } from 'vitest'
import { jittered } from '../../jitter.ts'
import { Tiers } from './tiers.ts'

test('each delay has tiers around it, and a retry takes any of them', () => {
  const randoms = [0, 0.5, 0.999]
  const tiers = new Tiers([400, 50, 400], () => randoms.shift() ?? 0)
  expect(tiers.all).toEqual([40, 50, 60, 320, 400, 480])
  expect([tiers.pick(50), tiers.pick(50), tiers.pick(50)]).toEqual([40, 50, 60])
})

test('another delay takes the tiers of the next longer one, or of the longest', () => {
  const tiers = new Tiers([50, 400], () => 0.5)
  expect([tiers.pick(10), tiers.pick(51), tiers.pick(9_000)]).toEqual([50, 400, 400])
})

test('where any delay is possible it is anywhere between the same bounds', () => {
  expect([0, 0.5, 1].map((random) => jittered(1_000, () => random))).toEqual([800, 1_000, 1_200])
})
