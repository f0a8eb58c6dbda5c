import { AppError } from '@slipway/errors'
import { anyone, type App } from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { requestFor } from '../requests/route-request.ts'
import { checkOrders, fails, Order, strict, type Asked, type Handler } from '../testing/check-orders.ts'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkInput } from './check-input.ts'

class SoldOut extends AppError {
  readonly code = 'SOLD_OUT'
  readonly status = 409
}

test('a route that answers everything passes, also with refusals of its own', async () => {
  await checkOrders({})
  await checkOrders({}, async () => Promise.reject(new SoldOut('None is left')))
})

class Unavailable extends AppError {
  readonly code = 'UNAVAILABLE'
  readonly status = 503
}

test('a route may say that a neighbour which it asked is not there, and only then', async () => {
  const asked: Asked = []
  const unavailable = async () => Promise.reject(new Unavailable('Try again later'))
  const ask: Handler = () => {
    asked.push({ method: 'GET', origin: 'http://bank.test', path: '/', headers: {}, body: undefined })
    return unavailable()
  }
  await checkOrders({}, ask, undefined, asked)
  await expect(checkOrders({}, unavailable)).rejects.toThrow('a right request gets 503, and no neighbour was asked')
})

const lenient = { ...Order, additionalProperties: undefined }
test.each<[string, RegExp, ...Parameters<typeof checkOrders>]>([
  [
    'fails on NUL',
    /the body with NUL at \/note gets 500/,
    { body: Type.Object({ ...Order.properties, note: Type.String() }, strict) },
    fails(({ body }) => body.note?.includes('\0')),
  ],
  [
    'fails on large numbers',
    /the body with 2\^53 at \/quantity gets 500/,
    { body: Type.Object({ ...Order.properties, quantity: Type.Integer() }, strict) },
    fails(({ body }) => !Number.isSafeInteger(body.quantity)),
  ],
  ['takes unknown fields', /an extra field isAdmin at \/ gets 200 instead of 400/, { body: lenient }],
  [
    'takes unknown fields deep inside',
    /an extra field isAdmin at \/gift gets 200 instead of 400/,
    { body: Type.Object({ ...Order.properties, gift: Type.Object({ wrap: Type.Boolean() }) }, strict) },
  ],
  [
    'does not look at its schema',
    /the body with null at \/quantity gets 200 instead of 400/,
    {},
    undefined,
    (app) => app.setValidatorCompiler(() => () => true),
  ],
  [
    'answers what it does not declare',
    /a right request gets 200, and status 200 is not declared/,
    { response: { 201: Type.Object({}) } },
  ],
  [
    'takes bodies of any size',
    /a body that is too large gets 400 instead of 413/,
    {},
    undefined,
    (app) => {
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 1e8 }, (_request, body, done) => {
        try {
          done(null, JSON.parse(String(body)))
        } catch (error) {
          done(Object.assign(error as Error, { statusCode: 400 }))
        }
      })
    },
  ],
  [
    'fails on what only chance hits upon',
    /the body with -\d[\d.e+]* at \/quantity gets 500/,
    { body: Type.Object({ quantity: Type.Number() }, strict) },
    fails(({ body }) => Number(body.quantity) < -1),
  ],
  [
    'fails on long headers',
    /a very long value for x-shop gets 500/,
    { headers: Type.Object({ 'x-shop': Type.String() }) },
    fails(({ headers }) => String(headers['x-shop']).length > 1_000),
  ],
  [
    'fails on NUL in its path',
    /NUL for :id gets 500[^]*%00 for :id gets 500/,
    { params: Type.Object({ id: Type.String() }) },
    fails(({ params }) => params.id.includes('\0')),
  ],
  [
    'reads every content type as JSON',
    /content type text\/plain gets 200 instead of 415[^]*content type application\/jsonx gets 200 instead of 415/,
    {},
    undefined,
    (app) => {
      app.addContentTypeParser(
        '*',
        { parseAs: 'string' },
        async (_request: unknown, body: string | Buffer) => JSON.parse(String(body)) as unknown,
      )
    },
  ],
  [
    'follows a body as deep as it goes',
    /lists in lists for everything gets 500[^]*objects in objects in an extra field gets 500/,
    {},
    undefined,
    (app) => {
      const depth = (value: unknown): number =>
        typeof value === 'object' && value ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0
      app.addHook('preValidation', async ({ body, log }) => log.debug(depth(body)))
    },
  ],
  [
    'refuses in words of its own',
    /null at \/ gets 400, and content type/,
    {},
    undefined,
    (app) => app.setErrorHandler((_error, _request, reply) => reply.status(400).send({ error: 'no' })),
  ],
])('a route that %s is found', async (_, wrong, ...broken) => {
  await expect(checkOrders(...broken)).rejects.toThrow(wrong)
})

test('an error in the log is found though the answer is right', async () => {
  const spoil = (app: App) => {
    app.addHook('onResponse', async (request) => request.log.error('could not say goodbye'))
  }
  await expect(checkOrders({}, undefined, spoil)).rejects.toThrow('and an error in the log: could not say goodbye')
})

test('public routes are looked at too, and the seed is told', async () => {
  const { app, routes, logs } = await startMiniApp({
    routes(scope) {
      scope.get(
        '/v1/search',
        { schema: { querystring: Type.Object({ text: Type.String() }) }, config: { access: anyone() } },
        async ({ query }) => {
          if (query.text.length > 1_000) throw new RangeError('too long for us')
          return {}
        },
      )
    },
  })
  const own = routes.filter(({ url }) => url.startsWith('/shop/v1'))
  const arrange = async (route: (typeof routes)[number]) => requestFor(route, 7)
  const neighbours = { requests: [] }
  const options = {
    app,
    routes: own,
    logs,
    neighbours,
    arrange,
    service: 'shop',
    bodyLimit: 1_000,
    seed: 4_711,
    runs: 5,
  }
  await expect(checkInput(options)).rejects.toThrow(/seed 4711[^]*a very long text at \/text gets 500/)
})
