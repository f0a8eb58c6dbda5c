import { expect, test } from 'vitest'
import { open, seal } from './sealed.ts'

const key = { secret: 'a secret of high entropy', purpose: 'a test' }
const plain = Buffer.from('what nobody else may read')

test('what was sealed can be opened with the same secret for the same purpose', () => {
  expect(open(key, seal(key, plain))).toEqual(plain)
})

test('the same text never looks the same twice, nor can it be read in the box', () => {
  const [first, second] = [seal(key, plain), seal(key, plain)]

  expect(first.equals(second)).toBe(false)
  expect(first.includes(plain)).toBe(false)
})

test('another secret or another purpose does not open it', () => {
  const box = seal(key, plain)

  expect(() => open({ ...key, secret: 'another' }, box)).toThrow()
  expect(() => open({ ...key, purpose: 'another' }, box)).toThrow()
})

test('a changed byte anywhere is noticed', () => {
  const box = seal(key, plain)

  for (let at = 0; at < box.length; at++) {
    const changed = Buffer.from(box)
    changed[at]! ^= 1
    expect(() => open(key, changed), `byte ${at}`).toThrow()
  }
})
