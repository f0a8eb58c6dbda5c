import { expect, test } from 'vitest'
import { compare, isDoubtful, type Claim } from './orphans.ts'

const then = new Date(0)
const now = new Date(1_000)
const object = (key: string, changedAt = then) => ({ key, size: 1, changedAt })
const claim = (key: string, needed = true): Claim => ({ key, fileId: key, needed })
const base = { doomed: new Set<string>(), limit: 3, olderThan: now }

test('what only one side has is found, as far as both pages reach', () => {
  const found = compare({
    ...base,
    objects: [object('a'), object('b'), object('d')],
    claims: [claim('a'), claim('c'), claim('f')],
  })
  expect(found.orphans.map(({ key }) => key)).toEqual(['b', 'd'])
  expect(found.lost.map(({ key }) => key)).toEqual(['c'])
  expect(found.next).toBe('d') // whether e, f are in the store, only the next page tells
})

test('the last page reaches to the end', () => {
  const found = compare({ ...base, objects: [object('a')], claims: [claim('z')] })
  expect(found).toMatchObject({ orphans: [object('a')], lost: [claim('z')], next: undefined })
})

test('what is young, doomed anyway or not needed yet is left alone', () => {
  const found = compare({
    ...base,
    doomed: new Set(['b']),
    objects: [object('a', now), object('b')],
    claims: [claim('c', false)],
  })
  expect(found).toMatchObject({ orphans: [], lost: [], seen: { objects: 2, files: 1, needed: 0 } })
})

test('one alone is believed, and so are a few of many; all of several and most of many are not', () => {
  for (const [found, seen] of [
    [0, 0],
    [1, 1],
    [10, 11],
    [11, 22],
  ] as const)
    expect(isDoubtful(found, seen), `${found} of ${seen}`).toBe(false)
  for (const [found, seen] of [
    [2, 2],
    [11, 21],
    [600, 1_000],
  ] as const)
    expect(isDoubtful(found, seen), `${found} of ${seen}`).toBe(true)
})
