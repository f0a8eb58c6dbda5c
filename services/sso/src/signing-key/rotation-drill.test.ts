import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { readSettings } from '@slipway/config'
import { createVerifier, InvalidToken, publishedKeys, TokenExpired } from '@slipway/service-kit'
import { listener, type Api, type Network, type TestClock } from '@slipway/testing'
import { SignJWT } from 'jose'
import { Type } from 'typebox'
import { afterEach, expect, onTestFinished, vi } from 'vitest'
import type { Deps } from '../deps.ts'
import { arrive, logIn } from '../testing/people.ts'
import { test } from '../testing/test.ts'
import { rotateKeys } from './key-rotation.ts'
import { RotateKeys } from './rotate-keys.job.ts'

/**
 * SSO with other services around it, which fetch its keys over HTTP. They are days of one platform: the time that jose
 * and the verifiers look at is moved together with the clock of SSO; the sockets are real.
 */
const minute = 60_000
const issuer = 'http://sso.test/sso'
const observability = createObservability({
  service: 'cart',
  version: '1.0.0',
  settings: readSettings(Type.Object(observabilityVariables), { LOG_LEVEL: 'silent' }),
})

afterEach(() => void vi.useRealTimers())

interface World {
  api: Api
  deps: Deps
  clock: TestClock
  network: Network
}

async function drill({ api, deps, clock, network }: World) {
  const sso = { up: true, fetches: 0 }
  const server = createServer(
    listener(async (request, response) => {
      if (!sso.up) return void request.socket.destroy()
      sso.fetches++
      const { status, text } = await api.get(request.url!)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    }),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  network.allow(origin)
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })

  /** Cart, whose clock is fast by so much. */
  const cart = ({ skewMs = 0 } = {}) =>
    createVerifier({
      keys: publishedKeys({ SSO_URL: `${origin}/sso`, TOKEN_ISSUER: issuer }, observability),
      issuer,
      audience: 'cart',
      clockToleranceSeconds: 5,
      now: () => Date.now() + skewMs,
    })
  const pass = (ms: number) => {
    clock.advance(ms)
    vi.setSystemTime(clock.now())
  }
  const rotate = async (how = {}) => {
    await rotateKeys(how, deps)
    await deps.signingKeys.load()
  }
  const { user, accessToken } = await arrive(api, deps)
  const token = async () => (await logIn(api, user.email)).accessToken
  return { sso, cart, pass, rotate, user, accessToken, token }
}

/** A token as SSO signs it, but with this key and for a week. */
async function stolen({ signingKeys, clock }: Deps) {
  const { kid, algorithm: alg, key } = await signingKeys.signer()
  const now = Math.floor(clock.now().getTime() / 1_000)
  const claims = { iss: issuer, sub: 'cart', aud: 'slipway', client_id: 'cart', scope: '', token_use: 'service' }
  const sign = (header: object) =>
    new SignJWT({ ...claims, iat: now, exp: now + 7 * 86_400, jti: 'j' })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
      .sign(key)
  return { token: await sign({}), unknown: await sign({ kid: 'nobody' }) }
}

test('through a rotation tokens of the old and the new key count, and nobody has to fetch for it', async ({
  api,
  deps,
  clock,
  network,
}) => {
  const { sso, cart, pass, rotate, user, accessToken: old, token } = await drill({ api, deps, clock, network })
  const verify = cart()
  expect(await verify(old)).toMatchObject({ id: user.id })

  pass(minute)
  await rotate()
  const fresh = await token()
  expect(await verify(fresh)).toMatchObject({ id: user.id })
  expect(sso.fetches).toBe(1)
  for (const each of [old, fresh]) expect(await cart()(each), 'started since').toMatchObject({ id: user.id })

  pass(14 * minute - 1_000)
  expect(await cart()(old), 'in its last second').toMatchObject({ id: user.id })
  pass(7_000)
  await expect(verify(old)).rejects.toThrow(TokenExpired)
})

test('a retired key counts no more once its last token has expired, whatever a token of it says', async ({
  api,
  deps,
  clock,
  network,
}) => {
  const { cart, pass, rotate } = await drill({ api, deps, clock, network })
  const { token } = await stolen(deps)
  const [busy, idle] = [cart(), cart()]
  await idle(token)
  await rotate()

  pass(21 * minute)
  await new RotateKeys(deps).run()
  await deps.signingKeys.load()

  await expect(busy(token)).rejects.toThrow(InvalidToken)
  const { token: another } = await stolen(deps)
  expect(await idle(another)).toMatchObject({ id: 'cart' })
})

test('an unknown key is looked for, but not by every request', async ({ api, deps, clock, network }) => {
  const { sso, cart, pass, token } = await drill({ api, deps, clock, network })
  const verify = cart()
  await verify(await token())
  const { unknown } = await stolen(deps)
  pass(31_000)

  for (let time = 0; time < 20; time++) await expect(verify(unknown)).rejects.toThrow(InvalidToken)
  expect(sso.fetches).toBe(2)
})

test('SSO is down for ten minutes: whoever knew its keys goes on, and knows the new ones right after', async ({
  api,
  deps,
  clock,
  network,
}) => {
  const { sso, cart, pass, rotate, user, accessToken, token } = await drill({ api, deps, clock, network })
  const verify = cart()
  await verify(accessToken)
  const tokens = [accessToken, await token()]
  const { unknown } = await stolen(deps)

  sso.up = false
  for (let passed = 0; passed <= 10; passed++) {
    for (const each of tokens) expect(await verify(each), `minute ${passed}`).toMatchObject({ id: user.id })
    await expect(verify(unknown)).rejects.toThrow(InvalidToken)
    if (passed < 10) pass(minute)
  }
  await expect(cart()(accessToken), 'one that starts meanwhile').rejects.toMatchObject({
    status: 503,
    code: 'KEYS_UNAVAILABLE',
  })

  sso.up = true
  for (let time = 0; time < 3; time++) await rotate({ now: true })
  pass(31_000)
  expect(await verify(await token())).toMatchObject({ id: user.id })
  expect(await verify(accessToken)).toMatchObject({ id: user.id })
})

test('clocks may differ by a minute', async ({ api, deps, clock, network }) => {
  const { cart, pass, accessToken, user } = await drill({ api, deps, clock, network })
  const [fast, slow] = [cart({ skewMs: minute }), cart({ skewMs: -minute })]

  for (const verify of [fast, slow]) expect(await verify(accessToken)).toMatchObject({ id: user.id })
  pass(14 * minute - 1_000)
  for (const verify of [fast, slow]) expect(await verify(accessToken)).toMatchObject({ id: user.id })
  pass(minute + 7_000)
  await expect(fast(accessToken)).rejects.toThrow(TokenExpired)
  await deps.signingKeys.load()
  expect(await slow(accessToken), 'its key is still published').toMatchObject({ id: user.id })
})
