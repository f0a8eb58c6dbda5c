import { expect, test } from 'vitest'
import { judge, openSuccessor, sealSuccessor, type RefreshToken } from './refresh-token.ts'
import { startSession, useSession, type Session } from './session.ts'

const start = new Date('2026-01-01T00:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)
const limits = { idleMs: 1_000_000, longestMs: 1_500_000 }
const session = startSession(
  { id: 's', userId: 'u', clientId: 'c', address: '192.0.2.1', network: '192.0.2.1', userAgent: null },
  limits,
  start,
)
const fresh: RefreshToken = { hash: new Uint8Array(32), sessionId: 's', rotatedAt: null, successor: null }
const rotated: RefreshToken = { ...fresh, rotatedAt: start, successor: new Uint8Array(1) }
const grace = 10_000

test.each<[string, RefreshToken, Partial<Session>, number, ReturnType<typeof judge>]>([
  ['an unused token', fresh, {}, 0, 'rotate'],
  ['a used one within the window', rotated, {}, 10_000, 'repeat'],
  ['a used one after the window', rotated, {}, 10_001, 'reused'],
  ['a used one whose successor was used', { ...rotated, successor: null }, {}, 1, 'reused'],
  ['any token after a log-out', fresh, { endedAt: start, endReason: 'logged_out' }, 0, 'refused'],
  ['a used one after a log-out', rotated, { endedAt: start, endReason: 'logged_out' }, 0, 'refused'],
  ['any token of a family that was killed', fresh, { endedAt: start, endReason: 'token_reused' }, 0, 'reused'],
  ['an unused token of an expired session', fresh, {}, 1_000_000, 'refused'],
  ['a used one of an expired session', rotated, {}, 1_000_000, 'refused'],
])('%s', (_, token, changes, ms, verdict) => {
  expect(judge(token, { ...session, ...changes }, grace, after(ms))).toBe(verdict)
})

test('use keeps a session alive, up to its longest life', () => {
  expect(session.expiresAt).toEqual(after(1_000_000))
  expect(useSession(session, limits, after(400_000)).expiresAt).toEqual(after(1_400_000))
  expect(useSession(session, limits, after(900_000)).expiresAt).toEqual(after(1_500_000))
})

test('only the token itself opens its successor', () => {
  const box = sealSuccessor('the-token', 'the-successor')

  expect(openSuccessor('the-token', box)).toBe('the-successor')
  expect(() => openSuccessor('another-token', box)).toThrow()
  expect(box.includes('the-successor')).toBe(false)
})
