import { expect, test, vi } from 'vitest'
import { UpstreamTimeout, UpstreamUnauthorized, UpstreamUnavailable, UserTokenRefused } from '../errors.ts'
import { exchange, forward } from '../on-behalf-of.ts'
import { json, observe, serve, TestS2SClient, type Seen } from '../testing/setup.ts'
import { ServiceTokens } from './service-tokens.ts'

const user = { token: 'user-token-canary' }

type Answer = [status: number, body: unknown]

/** SSO that numbers its tokens, and a cart that accepts what `accepts` says. */
async function platform(accepts: (token: string) => boolean = () => true) {
  let now = Date.parse('2026-01-01T00:00:00Z')
  let issue: (form: URLSearchParams, count: number) => Answer | Promise<Answer> = (form, count) => [
    200,
    { access_token: `${form.get('audience') ?? 'service'}-${count}-canary`, token_type: 'Bearer', expires_in: 900 },
  ]
  const sso = await serve(async ({ body }, response, count) =>
    json(response, ...(await issue(new URLSearchParams(body), count))),
  )
  const cart = await serve(({ headers }, response) => {
    const token = String(headers.authorization).replace('Bearer ', '')
    const answer = accepts(token) ? { id: '1' } : { code: 'INVALID_TOKEN', detail: 'No', status: 401 }
    json(response, accepts(token) ? 200 : 401, answer)
  })
  const { observability, lines, parsed } = observe()
  const common = { observability, random: () => 0 }
  const tokens = new ServiceTokens({
    ...common,
    ssoUrl: `${sso.url}/sso`,
    clientId: 'acquiring',
    clientSecret: 's3cret:canary',
    clock: { now: () => new Date(now) },
  })
  return {
    sso: sso.requests,
    sent: () => cart.requests.map(({ headers }) => headers.authorization),
    client: new TestS2SClient({ ...common, name: 'cart', baseUrl: cart.url, tokens }),
    observability,
    lines,
    parsed,
    pass: (seconds: number) => void (now += seconds * 1_000),
    issues: (replacement: typeof issue) => void (issue = replacement),
  }
}

const form = (request: Seen | undefined) => Object.fromEntries(new URLSearchParams(request?.body))

test('fifty calls at once ask for one token, with HTTP Basic', async () => {
  const { client, sso, sent } = await platform()
  await Promise.all(Array.from({ length: 50 }, () => client.item()))
  expect(sso).toHaveLength(1)
  expect(sso[0]).toMatchObject({
    method: 'POST',
    url: '/sso/oauth2/token',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from('acquiring:s3cret%3Acanary').toString('base64')}`,
    },
  })
  expect(form(sso[0])).toEqual({ grant_type: 'client_credentials' })
  expect(new Set(sent())).toEqual(new Set(['Bearer service-1-canary']))
})

test('a call on behalf of a user forwards the user’s token or exchanges it, as it says', async () => {
  const { client, sso, sent } = await platform()
  await client.item(forward(user))
  await Promise.all([client.item(exchange(user)), client.item(exchange(user))])
  await client.item(exchange(user))
  await client.item(exchange({ token: 'another' }))
  expect(sent()).toEqual([
    'Bearer user-token-canary',
    ...Array.from({ length: 3 }, () => 'Bearer cart-1-canary'),
    'Bearer cart-2-canary',
  ])
  expect(sso).toHaveLength(2)
  expect(form(sso[0])).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: 'user-token-canary',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: 'cart',
  })
})

test('no token or secret gets into a log line', async () => {
  const { client, lines, parsed } = await platform()
  await client.item()
  await client.item(forward(user))
  await client.item(exchange(user))
  expect(lines.join('')).not.toContain('canary')
  const calls = parsed().map((line) => line['s2s'] as { to: string; as: string })
  expect(calls.map(({ to, as }) => `${to} ${as}`)).toEqual([
    'sso service',
    'cart service',
    'cart forward',
    'sso service',
    'cart exchange',
  ])
})

test('a refused token is replaced once, for any method', async () => {
  const { client, sso, sent } = await platform((token) => token !== 'service-1-canary')
  await client.add()
  expect(sent()).toEqual(['Bearer service-1-canary', 'Bearer service-2-canary'])
  expect(sso).toHaveLength(2)
})

test('a refused delegated token is replaced once too', async () => {
  const { client, sent } = await platform((token) => token !== 'cart-1-canary')
  await client.item(exchange(user))
  expect(sent()).toEqual(['Bearer cart-1-canary', 'Bearer cart-2-canary'])
})

test('a service that accepts no token of ours is a 502, and no storm on SSO', async () => {
  const { client, sso } = await platform(() => false)
  for (let call = 0; call < 5; call++) await expect(client.item()).rejects.toThrow(UpstreamUnauthorized)
  expect(sso).toHaveLength(2)
})

test('a user’s own token that is refused stays a 401', async () => {
  const { client } = await platform(() => false)
  await expect(client.item(forward(user))).rejects.toMatchObject({ status: 401, code: 'INVALID_TOKEN' })
})

test('a token is renewed before it ends, without anybody waiting', async () => {
  const { client, sso, sent, pass } = await platform()
  await client.item()
  pass(600)
  await client.item()
  expect(sso).toHaveLength(1)
  pass(100)
  await client.item()
  await vi.waitFor(() => expect(sso).toHaveLength(2), 30_000)
  await vi.waitFor(async () => {
    await client.item()
    expect(sent().at(-1)).toBe('Bearer service-2-canary')
  })
  expect(sent().slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'Bearer service-1-canary'))
})

test('while SSO is down the token in hand goes on; without one it is a clear 503', async () => {
  const { client, sso, sent, pass, issues } = await platform()
  await client.item()
  await client.item(exchange(user))
  issues(() => [503, {}])
  pass(880)
  await client.item()
  await client.item(exchange(user))
  await vi.waitFor(() => expect(sso.length).toBeGreaterThan(2), 30_000)
  expect(sent()).toEqual([1, 2, 1, 2].map((n) => `Bearer ${n === 1 ? 'service' : 'cart'}-${n}-canary`))
  pass(20)
  await expect(client.item()).rejects.toThrow(UpstreamUnavailable)
  await expect(client.item(exchange(user))).rejects.toMatchObject({ status: 503, extensions: { upstream: 'sso' } })
})

test('a user’s token that SSO does not exchange is a 401', async () => {
  const { client, issues } = await platform()
  issues(() => [400, { error: 'invalid_request', error_description: 'subject_token has expired' }])
  await expect(client.item(exchange(user))).rejects.toThrow(UserTokenRefused)
})

test.each([
  [401, 'invalid_client'],
  [400, 'invalid_target'],
  [400, 'unauthorized_client'],
])('SSO refusing this service itself (%i %s) is a 502 and wakes a person', async (status, error) => {
  const { client, issues, parsed } = await platform()
  issues(() => [status, { error }])
  await expect(client.item(exchange(user))).rejects.toThrow(UpstreamUnauthorized)
  expect(parsed().filter((line) => line['log.level'] === 'error')).toEqual([
    expect.objectContaining({ message: 'SSO refuses a token to this service' }),
  ])
})

test('a caller in a hurry gives up alone: the token it waited for serves the others', async () => {
  const { client, sso, sent, issues, observability } = await platform()
  const answer = Promise.withResolvers<Answer>()
  issues(() => answer.promise)
  const hurried = observability.span('serve', { deadline: Date.now() + 50 }, () => client.item())
  const patient = client.item()
  await expect(hurried).rejects.toThrow(UpstreamTimeout)
  answer.resolve([200, { access_token: 'late-canary', token_type: 'Bearer' }])
  await expect(patient).resolves.toEqual({ id: '1' })
  expect(sso).toHaveLength(1)
  expect(sent()).toEqual(['Bearer late-canary'])
})
