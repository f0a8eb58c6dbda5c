import { AppError } from '@slipway/errors'
import { anyOf, delegated, Forbidden, service, user, type App } from '@slipway/service-kit'
import { Type } from 'typebox'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { service as serviceCaller, tokenOf } from '../../tokens/tokens.ts'
import { requestFor } from '../requests/route-request.ts'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkOwners, type OwnersOptions } from './check-owners.ts'

class OrderNotFound extends AppError {
  readonly code = 'ORDER_NOT_FOUND'
  readonly status = 404
  constructor(detail = 'There is no such order') {
    super(detail)
  }
}

const params = Type.Object({ orderId: Type.String({ format: 'uuid' }) })
const route = 'GET /shop/v1/orders/:orderId'
const owners = new Map<string, string>()

interface Orders {
  access?: ReturnType<typeof user>
  /** What is answered to somebody else. */
  stranger?: (orderId: string) => Error | undefined
  /** Orders that a list shows to a caller. */
  shown?: (callerId: string) => string[]
  /** The order is lost before its owner comes. */
  loses?: boolean
  /** Whose orders services have: any person’s unless theirs. */
  servicesOwn?: boolean
  lists?: { owned?: readonly string[]; notOwned?: readonly string[] }
}

const bakery = serviceCaller('bakery')
const ownersOrders = (id: string) => [...owners].filter(([, owner]) => owner === id).map(([orderId]) => orderId)

async function check(orders: Orders) {
  const { access = user(), stranger = () => new OrderNotFound(), shown = ownersOrders, lists } = orders
  const { loses = false, servicesOwn = false } = orders
  const { app, routes } = await startMiniApp({
    routes(scope: App) {
      scope.get('/v1/orders', { config: { access } }, async ({ caller }) => ({ items: shown(caller.id) }))
      scope.get(
        '/v1/orders/:orderId',
        { schema: { params }, config: { access } },
        async ({ caller, params: { orderId } }) => {
          const owner = owners.get(orderId)
          if (!owner) throw new OrderNotFound()
          const mayEverything = caller.kind === 'service' && !servicesOwn
          const refusal = owner === caller.id || mayEverything ? undefined : stranger(orderId)
          if (refusal) throw refusal
          return { orderId }
        },
      )
    },
  })
  const arrange: OwnersOptions['arrange'] = async (info, person, way) => {
    const orderId = uuidv7()
    const owner = way === 'service' && servicesOwn ? bakery : person
    if (!loses) owners.set(orderId, owner.id)
    const headers = { ...(owner === bakery && { authorization: `Bearer ${await tokenOf(bakery)}` }) }
    return { ...requestFor(info, 1), params: { orderId }, headers }
  }
  const own = routes.filter(({ url }) => url.startsWith('/shop/v1'))
  await checkOwners({ app, routes: own, arrange, service: 'shop', owned: [route], notOwned: [], ...lists })
}

test('an order of another that is answered like a missing one passes, for users and on their behalf', async () => {
  await check({})
  await check({ access: delegated() })
})

test('so does an order of another service, and a service that may see everybody’s', async () => {
  const access = anyOf(user(), service())
  await check({ access, servicesOwn: true })
  await check({ access, servicesOwn: false })
})

test.each<[string, RegExp, Orders]>([
  ['shows it to everyone', /another user's object gets 200/, { stranger: () => undefined }],
  ['says that it is another’s', /another user's object gets 403/, { stranger: () => new Forbidden() }],
  [
    'words it in another way than a missing one',
    /another user's object gets .*not yours.* and a missing one gets/,
    { stranger: () => new OrderNotFound('This order is not yours') },
  ],
  ['lists it for everyone', /GET \/shop\/v1\/orders: shows another user's/, { shown: () => [...owners.keys()] }],
  ['hides it from its owner too', /the owner gets 404/, { loses: true }],
  [
    'shows it to every service',
    /another service's object gets 200/,
    { access: anyOf(user(), service()), servicesOwn: true, stranger: () => undefined },
  ],
  [
    'lists it for every service',
    /GET \/shop\/v1\/orders: shows another service's/,
    { access: service(), servicesOwn: true, shown: () => [...owners.keys()] },
  ],
  [
    'has a list that fails',
    /GET \/shop\/v1\/orders: the list of another user gets 404 .*; say in `requests` what succeeds/,
    {
      shown: () => {
        throw new OrderNotFound()
      },
    },
  ],
])('a route that %s is found', async (_, wrong, orders) => {
  await expect(check(orders)).rejects.toThrow(wrong)
})

test('a route with a parameter must be listed, one way or the other', async () => {
  await expect(check({ lists: { owned: [] } })).rejects.toThrow(`${route}: has a parameter and is in neither`)
  await check({ lists: { owned: [], notOwned: [route] } })
  await check({ access: service(), lists: { owned: [] } })
  await check({ access: user({ permissions: ['orders:read'] }), lists: { owned: [] } })
  await expect(check({ lists: { notOwned: ['GET /shop/v1/gone/:id'] } })).rejects.toThrow('is no such route')
})
