import { user, type App } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { NeighbourRequest } from '../../fixtures/neighbours/request.ts'
import { checkInput } from '../input/check-input.ts'
import { requestFor } from '../requests/route-request.ts'
import { startMiniApp } from './mini-app.ts'

export const strict = { additionalProperties: false }
export const Order = Type.Object(
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
export type Handler = (request: Request) => Promise<object>
/** Requests that a neighbour was sent. */
export type Asked = NeighbourRequest[]

/** Checks a shop with one route for orders; `changes` are of its schema. */
export async function checkOrders(
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

/** As a driver does that is told what it cannot take. */
export const fails =
  (broken: (request: Request) => unknown): Handler =>
  async (request) => {
    if (broken(request)) throw new TypeError('invalid byte sequence for encoding "UTF8": 0x00')
    return { done: true }
  }
