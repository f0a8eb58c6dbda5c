import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createClient } from '@redis/client'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { json, observe, serve } from '../testing/setup.ts'
import { ServiceTokens } from './service-tokens.ts'

const url = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const redis = createClient({ url, socket: { reconnectStrategy: false } })
redis.on('error', () => {})
const there = await redis.connect().then(
  () => true,
  () => false,
)
if (!there) console.warn(`skipped: no Redis at ${url} (TEST_REDIS_URL)`)
afterAll(() => (there ? redis.close() : undefined))
const withRedis = there ? test : test.skip

/** Replicas of one service that nobody else in this Redis is called like. */
async function replicas(tokenCacheUrl = url, tokenCachePatienceMs = 30_000) {
  const clientId = `cart-${randomUUID()}`
  let now = Date.parse('2026-01-01T00:00:00Z')
  const sso = await serve((_, response, count) =>
    json(response, 200, { access_token: `canary-${count}`, token_type: 'Bearer', expires_in: 900 }),
  )
  const { observability, lines } = observe()
  const start = (clientSecret = 'a secret of the service') => {
    const tokens = new ServiceTokens({
      observability,
      random: () => 0,
      ssoUrl: sso.url,
      clientId,
      clientSecret,
      tokenCacheUrl,
      tokenCachePatienceMs,
      clock: { now: () => new Date(now) },
    })
    onTestFinished(() => tokens.close())
    return tokens
  }
  const keys = async () => (there ? await redis.keys(`slipway:token:${clientId}:*`) : [])
  onTestFinished(async () => void (await Promise.all((await keys()).map((key) => redis.del(key)))))
  return { sso: sso.requests, start, keys, lines, pass: (seconds: number) => void (now += seconds * 1_000) }
}

withRedis('replicas share tokens, one for each audience and user', async () => {
  const { sso, start } = await replicas()
  const first = start()
  const own = await first.service()
  const exchanged = await first.exchanged('of a user', 'files')
  const asked = sso.length

  const second = start()
  expect(await second.service()).toBe(own)
  expect(await second.exchanged('of a user', 'files')).toBe(exchanged)
  expect(sso).toHaveLength(asked)
  expect(await second.exchanged('of another user', 'files')).not.toBe(exchanged)
})

withRedis('what is kept cannot be read, nor opened with another secret', async () => {
  const { sso, start, keys, lines } = await replicas()
  const first = start()
  const own = await first.service()

  const values = await Promise.all((await keys()).map((key) => redis.get(key)))
  for (const value of values) expect(Buffer.from(value!, 'base64').toString('latin1') + value).not.toContain('canary')
  expect((await keys()).join()).not.toContain('of a user')
  const asked = sso.length
  expect(await start('another secret of it').service()).not.toBe(own)
  expect(sso).toHaveLength(asked + 1)
  expect(lines.join('')).toContain('cannot be opened')
})

withRedis('a token that was refused, or is old, is not taken from there', async () => {
  const { start, pass } = await replicas()
  const [first, second] = [start(), start()]
  const own = await first.service()
  first.invalidate(own)
  const next = await first.service()
  expect(next).not.toBe(own)

  expect(await second.service()).toBe(next)
  pass(640)
  expect([own, next]).not.toContain(await start().service())
})

test('without Redis, or with one that never answers, tokens come from SSO', async () => {
  const silent = createServer((socket) => socket.on('error', () => {}))
  await once(silent.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void silent.close())
  const { port } = silent.address() as AddressInfo

  for (const nowhere of ['redis://127.0.0.1:1', `redis://127.0.0.1:${port}`]) {
    const { sso, start } = await replicas(nowhere, 50)
    expect(await start().service(), nowhere).toBe('canary-1')
    expect(sso).toHaveLength(1)
  }
})
