import { readSettings } from '@slipway/config'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { anyone, user } from '../access/access.ts'
import { environment, testApp } from '../testing/test-app.ts'
import { serviceVariables } from '../variables.ts'
import type { App } from './app.ts'

const routes = (app: App) => {
  app.put('/orders/:id', { config: { access: anyone() } }, async () => ({}))
  app.get('/mine', { config: { access: user() } }, async () => ({}))
}

async function server(origins: string, variables: Record<string, string> = {}) {
  const { app } = await testApp(routes, { variables: { CORS_ORIGINS: origins, ...variables } })
  const ask = async (origin: string, method = 'PUT') => {
    const headers = {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    }
    const answer = await app.inject({ method: 'OPTIONS', url: '/shop/orders/7', headers })
    return answer.headers
  }
  return { app, ask }
}

test('pages of listed origins may call with any method, any header and cookies', async () => {
  const { ask } = await server('https://app.test, https://other.test')
  expect(await ask('https://app.test')).toMatchObject({
    'access-control-allow-origin': 'https://app.test',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'authorization,content-type,idempotency-key',
    'access-control-max-age': '600',
    vary: expect.stringContaining('Origin'),
  })
  expect((await ask('https://other.test'))['access-control-allow-origin']).toBe('https://other.test')
})

test.each(['https://elsewhere.test', 'http://app.test', 'https://app.test.evil.test', 'https://app.test:8443', 'null'])(
  'pages of %s may not',
  async (origin) => {
    const { app, ask } = await server('https://app.test')
    expect((await ask(origin))['access-control-allow-origin']).toBeUndefined()
    const plain = await app.inject({ url: '/shop/health/live', headers: { origin } })
    expect(plain.headers['access-control-allow-origin']).toBeUndefined()
  },
)

test('nobody’s may unless the setting says so', async () => {
  const { ask } = await server('')
  expect(await ask('https://app.test')).not.toHaveProperty('access-control-allow-origin')
  expect(await ask('https://app.test')).not.toHaveProperty('access-control-allow-credentials')
})

test('a star lets everybody’s call, without cookies', async () => {
  const { ask } = await server('*')
  const headers = await ask('https://any.test')
  expect(headers['access-control-allow-origin']).toBe('*')
  expect(headers).not.toHaveProperty('access-control-allow-credentials')
})

test('a star in the place of a port means every port of that host and of no other', async () => {
  const { ask } = await server('http://localhost:*')
  const answered = async (origin: string) => (await ask(origin))['access-control-allow-origin']
  expect(await answered('http://localhost:5173')).toBe('http://localhost:5173')
  expect(await answered('http://localhost')).toBe('http://localhost')
  for (const origin of ['https://localhost:5173', 'http://localhost.evil.test:1', 'http://localhost:1.evil.test'])
    expect(await answered(origin)).toBeUndefined()
})

test('a page can read why it was refused, and the headers that help', async () => {
  const { app } = await server('https://app.test')
  for (const [url, status] of [
    ['/shop/mine', 401],
    ['/shop/nowhere', 404],
    ['/shop/orders', 404],
  ] as const) {
    const refused = await app.inject({ url, headers: { origin: 'https://app.test' } })
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([status, 'https://app.test'])
    expect(refused.headers['access-control-expose-headers']).toContain('retry-after')
  }
})

test.each([
  'https://app.test/',
  'app.test',
  'https://app.test/path',
  'https://*.test',
  '*, https://app.test',
  'https://A.test',
])('CORS_ORIGINS=%s is refused: no browser would ever name itself so', (origins) => {
  const schema = Type.Object(serviceVariables)
  expect(() => readSettings(schema, { ...environment, CORS_ORIGINS: origins })).toThrow('CORS_ORIGINS')
})
