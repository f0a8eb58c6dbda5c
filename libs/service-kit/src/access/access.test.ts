import { expect, test } from 'vitest'
import { as, testApp } from '../testing/test-app.ts'
import { anyOf, anyone, delegated, service, user } from './access.ts'

const answer = async () => ({ done: true })

test('a route without access stops the boot, and every such route is named', async () => {
  const boot = testApp((app) => {
    app.get('/open', { config: { access: anyone() } }, answer)
    app.get('/forgotten', answer)
    app.post('/forgotten-too', {}, answer)
  })
  await expect(boot).rejects.toThrow(/GET \/shop\/forgotten\n.*HEAD \/shop\/forgotten\n.*POST \/shop\/forgotten-too/s)
})

const boot = async () => {
  const { app } = await testApp((app) => {
    app.get('/open', { config: { access: anyone() } }, answer)
    app.get('/user', { config: { access: user() } }, answer)
    app.get('/writer', { config: { access: user({ permissions: ['things:read', 'things:write'] }) } }, answer)
    app.get('/internal', { config: { access: anyOf(service(), delegated()) } }, answer)
    app.get('/either', { config: { access: anyOf(user({ permissions: ['things:read'] }), service()) } }, answer)
    app.get('/whoami', { config: { access: anyOf(user(), service()) } }, async ({ caller }) => ({ id: caller.id }))
    app.get('/careless', { config: { access: anyone() } }, async ({ caller }) => ({ id: caller.id }))
  })
  return (path: string, headers: Record<string, string> = {}) => app.inject({ url: `/shop${path}`, headers })
}

test.each([
  ['/open', undefined, 200, undefined],
  ['/user', undefined, 401, 'UNAUTHENTICATED'],
  ['/user', 'Bearer', 401, 'INVALID_TOKEN'],
  ['/user', 'Bearer ', 401, 'INVALID_TOKEN'],
  ['/user', 'Basic dXNlcg==', 401, 'INVALID_TOKEN'],
  ['/user', 'user', 401, 'INVALID_TOKEN'],
  ['/user', 'Bearer user user', 401, 'INVALID_TOKEN'],
  ['/user', 'Bearer nobody', 401, 'INVALID_TOKEN'],
  ['/user', 'Bearer user', 200, undefined],
  ['/user', 'bearer user', 200, undefined],
  ['/user', 'Bearer service', 403, 'FORBIDDEN'],
  ['/user', 'Bearer delegated', 403, 'FORBIDDEN'],
  ['/writer', 'Bearer user~things.read', 403, 'PERMISSION_MISSING'],
  ['/writer', 'Bearer user~things.read+things.write', 200, undefined],
  ['/writer', 'Bearer service~things.read+things.write', 403, 'FORBIDDEN'],
  ['/internal', 'Bearer user', 403, 'FORBIDDEN'],
  ['/internal', 'Bearer service', 200, undefined],
  ['/internal', 'Bearer delegated', 200, undefined],
  ['/either', 'Bearer user', 403, 'PERMISSION_MISSING'],
  ['/either', 'Bearer user~things.read', 200, undefined],
  ['/either', 'Bearer service', 200, undefined],
])('GET %s with %s is %i %s', async (path, authorization, status, code) => {
  const get = await boot()
  const response = await get(path, authorization === undefined ? {} : { authorization })
  expect([response.statusCode, response.json().code]).toEqual([status, code])
  if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer/)
})

test('the handler sees who calls; where anyone may call, asking for the caller fails closed', async () => {
  const get = await boot()
  expect((await get('/whoami', as('user'))).json()).toEqual({ id: 'a-user' })
  expect((await get('/careless', as('user'))).statusCode).toBe(500)
})

test('a HEAD request is judged like the GET', async () => {
  const { app } = await testApp((app) => void app.get('/user', { config: { access: user() } }, answer))
  expect((await app.inject({ method: 'HEAD', url: '/shop/user' })).statusCode).toBe(401)
})

test('no body is read for a stranger', async () => {
  const { app } = await testApp((app) => void app.post('/user', { config: { access: user() } }, answer))
  const response = await app.inject({
    method: 'POST',
    url: '/shop/user',
    headers: { 'content-type': 'application/json' },
    payload: '{broken',
  })
  expect(response.statusCode).toBe(401)
})
