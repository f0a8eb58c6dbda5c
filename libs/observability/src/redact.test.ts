import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test('secrets are masked by key, in any spelling and at any depth; the rest is kept', () => {
  const body = {
    email: 'ann@example.com',
    password: 'x',
    session: { access_token: 'x', 'refresh-token': 'x', tokenType: 'Bearer', expiresIn: 900 },
    list: [{ CVC: '123', card: { number: '4242' } }],
    cookie: true,
    secret: null,
  }
  const before = structuredClone(body)
  expect(redact(body)).toEqual({
    email: 'ann@example.com',
    password: '[Redacted]',
    session: { access_token: '[Redacted]', 'refresh-token': '[Redacted]', tokenType: 'Bearer', expiresIn: 900 },
    list: [{ CVC: '[Redacted]', card: '[Redacted]' }],
    cookie: true,
    secret: null,
  })
  expect(body).toEqual(before)
})

test('a value without secrets is returned as it is', () => {
  const body = { items: [{ id: 1 }, { id: 2 }] }
  expect(redact(body)).toBe(body)
})

test('depth, width, text and the whole are bounded', () => {
  interface Loop {
    self?: Loop
  }
  const loop: Loop = {}
  loop.self = loop
  expect(JSON.stringify(redact(loop))).toContain('[Truncated]')
  expect(redact(Array.from({ length: 101 }, () => 1))).toHaveLength(101)
  expect((redact(Array.from({ length: 1e6 }, () => 1)) as unknown[]).at(-1)).toBe('…[1000000 items]')
  expect(redact('x'.repeat(10_000))).toMatch(/^x{8192}…\[10000 characters\]$/)
  expect(redact({ file: Buffer.alloc(5) })).toEqual({ file: '[5 bytes]' })
  const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({ a: 'x'.repeat(50) })))
  expect(JSON.stringify(redact(wide)).length).toBeLessThan(100_000)
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]))
  expect(redact(keys)).toMatchObject({ key0: 0, '…': '[100000 keys]' })
  expect(JSON.stringify(redact(keys)).length).toBeLessThan(200_000)
})

test('a long name is left out, like all that follows it', () => {
  const long = 'x'.repeat(100_000)
  expect(redact({ [long]: 1 })).toEqual({ '…': '[1 keys]' })
  expect(redact({ a: 1, [long]: 2, b: 3 })).toEqual({ a: 1, '…': '[3 keys]' })
})

test('what JSON cannot hold does not break the line', () => {
  const at = new Date(0)
  expect(redact({ n: 1n, at, set: new Set([1]), url: new URL('http://a/') })).toEqual({
    n: '1',
    at: at.toISOString(),
    set: [1],
    url: 'http://a/',
  })
})

test('a key named __proto__ stays data', () => {
  const parsed = JSON.parse('{"__proto__":{"password":"x"},"token":"x"}') as object
  expect(JSON.stringify(redact(parsed))).toBe('{"__proto__":{"password":"[Redacted]"},"token":"[Redacted]"}')
})
