import { signWebhook, webhookSignatureHeader } from '@slipway/contracts/sandbox-bank'
import { universalTests, type Api, type Arrange, type ServiceFixtures, type TestCaller } from '@slipway/testing'
import { acquiring } from '../app.ts'
import type { Deps } from '../deps.ts'
import { Bank } from './bank.ts'
import { environment, webhookSecret } from './environment.ts'
import { rows } from './migration-rows.ts'
import { neighbours } from './neighbours.ts'
import { pay } from './paying.ts'
import { Shop } from './shop.ts'

type World = ServiceFixtures<Deps, typeof neighbours>

const opened = new WeakMap<Api, { shop: Shop; bank: Bank }>()

/** The shop and the bank, which answer from now on; no payment holds the cart any more. */
function open({ api, neighbours: { cart, sandboxBank }, clock }: World) {
  const outside = opened.get(api) ?? { shop: new Shop(cart), bank: new Bank(sandboxBank, clock) }
  opened.set(api, outside)
  outside.shop.lockedTo = undefined
  return outside
}

/** The person pays a cart of their own, and what the bank tells of it then. */
async function paid(world: World, person: TestCaller) {
  const { shop, bank } = open(world)
  const { status, json, text } = await pay(world.api, shop, person.id, { cartId: world.deps.newId() }, person)
  if (status !== 201) throw new Error(`No payment: ${text}`)
  return { paymentId: json.id as string, webhook: bank.becomes(json.id, 'paid'), bank }
}

const withPayment: Arrange<Deps, typeof neighbours> = async (world, person) => {
  const { paymentId } = await paid(world, person)
  return { params: { paymentId } }
}

universalTests(acquiring.definition, {
  environment: { ...environment, PAYMENT_CAPTURE: 'manual' },
  neighbours,
  rows,
  signedRoutes: ['POST /acquiring/webhooks/:provider'],
  owned: {
    'GET /acquiring/v1/payments/:paymentId': withPayment,
    'GET /acquiring/v1/payments/:paymentId/refunds': withPayment,
    'POST /acquiring/v1/payments/:paymentId/cancel': async (world, person) => {
      const { paymentId, bank } = await paid(world, person)
      bank.page(paymentId).status = 'open'
      return { params: { paymentId } }
    },
  },
  requests: {
    'POST /acquiring/v1/payments': async (world, { id }) => {
      open(world)
      return {
        headers: { 'idempotency-key': id },
        body: { cartId: world.deps.newId(), returnUrl: 'http://slipway.test/thanks' },
      }
    },
    'POST /acquiring/v1/payments/:paymentId/capture': async (world, person) => {
      const { paymentId, bank } = await paid(world, person)
      await bank.tells(world.api, bank.becomes(paymentId, 'authorized'))
      return { params: { paymentId }, body: {} }
    },
    'POST /acquiring/v1/payments/:paymentId/refunds': async (world, person) => {
      const { paymentId, webhook, bank } = await paid(world, person)
      await bank.tells(world.api, webhook)
      return {
        params: { paymentId },
        headers: { 'idempotency-key': `refund-${person.id}` },
        body: { amount: { amount: 1, currency: 'USD' }, reason: 'came broken' },
      }
    },
    'POST /acquiring/webhooks/:provider': async (world, person) => {
      const payload = JSON.stringify((await paid(world, person)).webhook)
      const signature = signWebhook(webhookSecret, Math.floor(world.clock.now().getTime() / 1_000), payload)
      const headers = { 'content-type': 'application/json', [webhookSignatureHeader]: signature }
      return { params: { provider: 'sandbox-bank' }, headers, payload }
    },
  },
})
