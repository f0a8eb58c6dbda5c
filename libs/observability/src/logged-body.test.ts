import { expect, test } from 'vitest'
import { loggedBody } from './logged-body.ts'

test.each([
  [{ name: 'Jo' }, { name: 'Jo' }],
  ['plain', { content: 'plain' }],
  [[{ id: '1' }], { content: [{ id: '1' }] }],
  [Buffer.from('raw'), { content: Buffer.from('raw') }],
  [new Date(0), { content: new Date(0) }],
  [0, { content: 0 }],
  [null, undefined],
  [undefined, undefined],
])('%j is logged as an object', (body, logged) => {
  expect(loggedBody(body)).toEqual(logged)
})
