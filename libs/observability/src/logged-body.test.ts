import { expect, test } from 'vitest'
import { loggedBody } from './logged-body.ts'

test.each([
  [
    { name: 'Jo', password: 'secret' },
    { name: 'Jo', password: '[Redacted]' },
  ],
  ['plain', { content: 'plain' }],
  [[{ token: 'secret' }], { content: [{ token: '[Redacted]' }] }],
  [Buffer.from('raw'), { content: '[3 bytes]' }],
  [0, { content: 0 }],
  [null, undefined],
  [undefined, undefined],
])('%j is logged as an object', (body, logged) => {
  expect(loggedBody(body)).toEqual(logged)
})
