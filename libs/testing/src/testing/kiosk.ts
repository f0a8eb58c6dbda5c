import {
  brokerVariables,
  Job,
  messagingMigrations,
  NonRetryable,
  type DataOf,
  type Event,
  type JobContext,
} from '@slipway/broker'
import { PaymentCaptured } from '@slipway/contracts/acquiring'
import { CartPaid } from '@slipway/contracts/cart'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { exchange, s2sVariables } from '@slipway/s2s'
import { serviceVariables, user, type App, type ServiceDefinition } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { buildDeps, type Deps, type Tx } from './deps.ts'

const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  ...s2sVariables,
  CART_URL: Type.String({ format: 'uri' }),
})
export type KioskSettings = Static<typeof Settings>

const Order = Type.Object({
  id: Type.String(),
  cartId: Type.String(),
  amount: Type.Integer(),
  placedAt: Type.String(),
  paid: Type.Boolean(),
})

/** A small service that has one of everything: to try the framework on. */
export const kiosk: ServiceDefinition<typeof Settings, Tx, Deps> = {
  name: 'kiosk',
  version: '1.0.0',
  description: 'Orders what is in a cart',
  settings: Settings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('./migrations/', import.meta.url) }],
  buildDeps,
  routes,
  jobs: () => [new MarkPaid(), new CountCaptures()],
}

function routes(app: App, { cart, clock, newId, database }: Deps) {
  const config = { access: user() }
  const place = { body: Type.Object({ cartId: Type.String() }), response: { 201: Order } }

  app.post('/v1/orders', { config, schema: place }, async ({ caller, body }, reply) => {
    const { cartId } = body
    const order = { id: newId(), cartId, placedAt: clock.now().toISOString(), paid: false }
    const { total } = await cart.checkout(cartId, { paymentId: order.id }, exchange(caller))
    await database.sql.query('INSERT INTO orders VALUES ($1, $2, $3, $4, $5)', [
      order.id,
      caller.id,
      cartId,
      total.amount,
      order.placedAt,
    ])
    return reply
      .code(201)
      .header('location', `/kiosk/v1/orders/${order.id}`)
      .send({ ...order, amount: total.amount })
  })
}

class MarkPaid extends Job<Tx, DataOf<typeof PaymentCaptured>> {
  readonly name = 'mark-paid'
  readonly on = [PaymentCaptured]

  override isTriggered({ data }: Event<DataOf<typeof PaymentCaptured>>) {
    return data.provider === 'sandbox-bank'
  }

  async process({ data }: Event<DataOf<typeof PaymentCaptured>>, { tx }: JobContext<Tx>) {
    const { paymentId, cartId, userId, amount: total } = data
    const { rowCount } = await tx.sql.query('UPDATE orders SET paid = true WHERE cart_id = $1', [cartId])
    await tx.emit(CartPaid.create({ subject: cartId, data: { paymentId, cartId, userId, total } }))
    if (rowCount === 0) throw new NonRetryable('There is no such order')
  }
}

/** Takes what others leave alone. */
class CountCaptures extends Job<Tx> {
  readonly name = 'count-captures'
  readonly on = [PaymentCaptured]
  async process() {}
}
