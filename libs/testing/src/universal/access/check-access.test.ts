import {
  anyOf,
  delegated,
  Forbidden,
  InvalidToken,
  requirePermission,
  service,
  signed,
  user,
  type App,
} from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { issuer, testKeys } from '../../tokens/keys.ts'
import { requestFor } from '../requests/route-request.ts'
import { believed, guardBy, mustBeOf, verified, verifiedToken } from '../testing/broken-guards.ts'
import { startMiniApp } from '../testing/mini-app.ts'
import { accessCases } from './access-cases.ts'
import { checkAccess } from './check-access.ts'

const schema = { params: Type.Object({ id: Type.String({ format: 'uuid' }) }), response: { 200: Type.Object({}) } }
const answer = async () => ({})
const seed = 1

async function check(routes: (app: App) => void) {
  const { app, routes: all } = await startMiniApp({ routes })
  const own = all.filter(({ url }) => url.startsWith('/shop/v1') || url.startsWith('/shop/internal'))
  const arrange = async (route: (typeof all)[number]) => requestFor(route, seed)
  return checkAccess({ app, routes: own, arrange, seed, service: 'shop', permissions: ['things:read', 'things:write'] })
}

test('a service that leaves its guard to the kit passes', async () => {
  await check((app) => {
    app.get('/v1/things/:id', { schema, config: { access: user() } }, answer)
    app.put('/v1/things/:id', { schema, config: { access: user({ permissions: ['things:write'] }) } }, answer)
    app.post('/internal/v1/things/:id', { schema, config: { access: anyOf(service(), delegated()) } }, answer)
    const access = anyOf(user(), service({ permissions: ['things:read'] }))
    app.get('/v1/things', { schema: { response: schema.response }, config: { access } }, answer)
    app.post('/v1/webhooks', { config: { access: signed('signature') } }, async () =>
      Promise.reject(new InvalidToken()),
    )
  })
})

const write = anyOf(user({ permissions: ['things:write'] }), delegated())
const careless: Record<string, [wrong: RegExp, guard: Parameters<typeof guardBy>[1]]> = {
  'forgets the permission': [
    /PUT \/shop\/v1\/things\/:id: a user token without permissions gets 200/,
    async (request, access) => mustBeOf(await verified(request, { typ: 'at+jwt' }), access),
  ],
  'forgets the kind of token': [/a service token gets 200/, async (request) => void (await verified(request))],
  'lets expired tokens in, and early ones': [
    /a user token that has expired gets 200[^]*a user token not valid yet gets 200/,
    async (request) => void (await verified(request, { clockTolerance: '1h' })),
  ],
  'has one key for all tokens': [
    /a user token of an unknown kid gets 200/,
    async ({ headers }) => {
      const { publicKey } = await testKeys()
      await verifiedToken(String(headers.authorization).slice(7), {}, publicKey)
    },
  ],
  'looks for a token anywhere in the header': [
    /another scheme before a right token gets 200[^]*two tokens gets 200[^]*a tab gets 200[^]*a quoted token gets 200/,
    async ({ headers }) => {
      await verifiedToken(/[\w-]+\.[\w-]+\.[\w-]+/.exec(String(headers.authorization))?.[0] ?? '')
    },
  ],
  'takes a token from the query': [
    /a right token in the query gets 200/,
    async ({ headers, query }) => {
      const token = (query as Record<string, string>)['access_token']
      await verifiedToken(token ?? String(headers.authorization).slice(7))
    },
  ],
  'looks for the name of a permission anywhere': [
    /a user token with what looks like things:write gets 200/,
    async (request) => {
      const { scope } = await verified(request)
      if (!String(scope).includes('things:write')) throw new Forbidden()
    },
  ],
  'takes delegated tokens that are for others': [
    /delegated for the whole platform gets 200[^]*among others gets 200[^]*delegated without an actor gets 200/,
    async (request) => void (await verified(request, { issuer, typ: 'at+jwt' })),
  ],
  'believes tokens without looking at the signature': [
    /signed by another key gets 200[^]*with alg none gets 200/,
    async (request, access) => mustBeOf(believed(request), access),
  ],
  'forgets issuer, audience and type': [
    /of another issuer gets 200[^]*for another audience gets 200[^]*of typ JWT, such as an ID token gets 200/,
    async (request) => void (await verified(request)),
  ],
  'looks at the URL instead of the route': [
    /no token at \/shop\/%761\/things\/[\w-]+ gets 200/,
    async (request) => {
      if (request.url.startsWith('/shop/v1')) await verified(request)
    },
  ],
}

test.each(Object.entries(careless))('a guard that %s is found', async (_, [wrong, guard]) => {
  const checked = check((app) => {
    guardBy(app, guard)
    app.put('/v1/things/:id', { schema, config: { access: write } }, answer)
  })
  await expect(checked).rejects.toThrow(wrong)
})

test('a guard that lets everyone in is found by every case', async () => {
  const { app, routes } = await startMiniApp({
    routes(scope) {
      guardBy(scope, async () => {})
      scope.put('/v1/things', { config: { access: write } }, answer)
    },
  })
  const own = routes.filter(({ url }) => url === '/shop/v1/things')
  const guarded = { service: 'shop', permissions: ['things:read', 'things:write'] }
  const arrange = async (route: (typeof own)[number]) => requestFor(route, seed)
  const found = await checkAccess({ app, routes: own, arrange, seed, ...guarded }).catch(String)
  const cases = await accessCases(own[0]!, guarded)
  expect(cases.filter(({ what }) => !String(found).includes(`: ${what} gets 200`))).toEqual([])
})

test('a guard by URL prefix forgets what is elsewhere', async () => {
  const checked = check((app) => {
    guardBy(app, async (request) => {
      if (request.url.startsWith('/shop/v1')) await verified(request)
    })
    app.post('/internal/v1/things/:id', { schema, config: { access: service() } }, answer)
  })
  await expect(checked).rejects.toThrow('POST /shop/internal/v1/things/:id: no token gets 200')
})

test('a refusal in other words is found', async () => {
  const checked = check((app) => {
    app.addHook('onSend', async (_request, reply, payload) => (reply.statusCode === 401 ? '{"error":"no"}' : payload))
    app.get('/v1/things/:id', { schema, config: { access: user() } }, answer)
  })
  await expect(checked).rejects.toThrow(/no token gets 401 UNAUTHENTICATED with type undefined/)
})

test('a route that refuses everyone is found', async () => {
  const checked = check((app) => {
    const preHandler = async () => {
      throw new Forbidden()
    }
    app.get('/v1/things/:id', { schema, preHandler, config: { access: user() } }, answer)
  })
  await expect(checked).rejects.toThrow('a user token with what it asks for gets 403 FORBIDDEN')
})

test('a handler that asks for more than its route declares is found', async () => {
  const checked = check((app) => {
    app.get('/v1/things/:id', { schema, config: { access: user() } }, async ({ caller }) => {
      requirePermission(caller, 'things:read')
      return {}
    })
  })
  await expect(checked).rejects.toThrow('a user token with what it asks for gets 403 PERMISSION_MISSING')
})

test('a route that promises a proof of its own and asks for none is found', async () => {
  const checked = check((app) => {
    app.post('/v1/webhooks', { config: { access: signed('signature') } }, answer)
  })
  await expect(checked).rejects.toThrow('POST /shop/v1/webhooks: no proof gets 200')
})

test('a route that takes any token in place of its own proof is found', async () => {
  const checked = check((app) => {
    app.post('/v1/webhooks', { config: { access: signed('signature') } }, async ({ headers }) => {
      if (!headers.authorization) throw new InvalidToken()
      return {}
    })
  })
  await expect(checked).rejects.toThrow('POST /shop/v1/webhooks: a token of ours gets 200')
})
