import { AppError } from '@slipway/errors'
import { anyone, user, type App } from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import type { NeighbourRequest } from '../../fixtures/neighbours/request.ts'
import { requestFor } from '../requests/route-request.ts'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkInput } from './check-input.ts'

const strict = { additionalProperties: false }
const Order = Type.Object(
  {
    quantity: Type.Integer({ minimum: 1, maximum: 99 }),
    note: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\u0000\\p{Cs}]*$' })),
    gift: Type.Object({ wrap: Type.Boolean() }, strict),
  },
  strict,
)
const schema = {
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 10, default: 5 }) }),
  headers: Type.Object({ 'x-shop': Type.String({ maxLength: 50 }) }),
  body: Order,
  response: { 200: Type.Object({ done: Type.Boolean() }) },
}
type Schema = typeof schema
interface Request {
  body: { note?: string; quantity?: number }
  query: { limit?: number }
  params: { id: string }
  headers: Record<string, string>
}
type Handler = (request: Request) => Promise<object>
/** Requests that a neighbour was sent. */
type Asked = NeighbourRequest[]

async function check(
  changes: Partial<Record<keyof Schema, unknown>>,
  handler: Handler = async () => ({ done: true }),
  spoil = (_app: App) => {},
  asked: Asked = [],
) {
  const { app, routes, logs, settings } = await startMiniApp({
    routes(scope) {
      spoil(scope)
      scope.post('/v1/orders/:id', { schema: { ...schema, ...changes }, config: { access: user() } }, (request) =>
        handler(request as unknown as Request),
      )
    },
  })
  await checkInput({
    app,
    routes: routes.filter(({ url }) => url.startsWith('/shop/v1')),
    logs,
    neighbours: { requests: asked },
    service: 'shop',
    arrange: async (route) => requestFor(route, 7),
    bodyLimit: settings.BODY_LIMIT_BYTES,
    seed: 7,
    runs: 20,
  })
}

class SoldOut extends AppError {
  readonly code = 'SOLD_OUT'
  readonly status = 409
}

test('a route that answers everything passes, also with refusals of its own', async () => {
  await check({})
  await check({}, async () => Promise.reject(new SoldOut('None is left')))
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
  await check({}, ask, undefined, asked)
  await expect(check({}, unavailable)).rejects.toThrow('a right request gets 503, and no neighbour was asked')
})

const lenient = { ...Order, additionalProperties: undefined }
const fails =
  (broken: (request: Request) => unknown): Handler =>
  async (request) => {
    if (broken(request)) throw new TypeError('invalid byte sequence for encoding "UTF8": 0x00')
    return { done: true }
  }

test.each<[string, RegExp, ...Parameters<typeof check>]>([
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
    'refuses in words of its own',
    /null at \/ gets 400, and content type/,
    {},
    undefined,
    (app) => app.setErrorHandler((_error, _request, reply) => reply.status(400).send({ error: 'no' })),
  ],
])('a route that %s is found', async (_, wrong, ...broken) => {
  await expect(check(...broken)).rejects.toThrow(wrong)
})

test('an error in the log is found though the answer is right', async () => {
  const spoil = (app: App) => {
    app.addHook('onResponse', async (request) => request.log.error('could not say goodbye'))
  }
  await expect(check({}, undefined, spoil)).rejects.toThrow('and an error in the log: could not say goodbye')
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
