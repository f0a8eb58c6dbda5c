import { setImmediate as turn } from 'node:timers/promises'
import { serviceTest, type Api } from '@slipway/testing'
import { expect } from 'vitest'
import { acquiring } from '../../app.ts'
import { SettlePayments } from '../../payment/settle-payments.job.ts'
import { Bank } from '../bank.ts'
import { environment } from '../environment.ts'
import { neighbours } from '../neighbours.ts'
import { cashier, payments, shopper, tick } from '../paying.ts'
import { minute, usd } from '../samples.ts'
import { Carts } from './carts.ts'
import { alwaysTrue, trueInTheEnd } from './invariants.ts'
import { Life } from './life.ts'
import { Stage } from './stage.ts'

const test = serviceTest(acquiring.definition, {
  neighbours,
  environment: { ...environment, LOG_LEVEL: 'silent', RECONCILIATION_PERIOD_MINUTES: '10080' },
})

const paid = (bank: Bank, id: string) => bank.becomes(id, 'paid')

test.fresh(
  'two janitors and the webhook at once: one capture, and nobody is asked twice',
  { timeout: 120_000 },
  async ({ api, deps, clock, events, neighbours }) => {
    const bank = new Bank(neighbours.sandboxBank, clock)
    const carts = new Carts(neighbours.cart)
    const ids: string[] = []
    for (let cart = 0; cart < 12; cart++) ids.push(await begin(api, cart))
    clock.advance(5_000)
    bank.calls.length = 0
    const webhooks = ids.map((id) => paid(bank, id))
    const janitors = [new SettlePayments(deps), new SettlePayments(deps)]
    for (const janitor of janitors) await tick(janitor, deps) // a first run makes everything due
    clock.advance(10_000)
    bank.calls.length = 0
    await Promise.all([
      ...janitors.map((janitor) => tick(janitor, deps)),
      ...webhooks.map((webhook) => bank.tells(api, webhook)),
    ])
    expect(bank.calls.length, 'each is asked about once at most').toBe(new Set(bank.calls).size)
    const rows = await alwaysTrue({ deps, bank, carts })
    expect(rows.map(({ status }) => status)).toEqual(ids.map(() => 'captured'))
    expect((await events.emitted()).map(({ type }) => type)).toEqual(ids.map(() => 'acquiring.payment.captured.v1'))
  },
)

/** Who comes first differs from payment to payment, and from run to run: whatever it is has to be right. */
test.fresh(
  'everything at once on thirty payments: whoever comes first, the books are right',
  { timeout: 120_000 },
  async ({ api, deps, clock, events, neighbours }) => {
    const bank = new Bank(neighbours.sandboxBank, clock)
    const carts = new Carts(neighbours.cart)
    const ids: string[] = []
    for (let cart = 0; cart < 30; cart++) ids.push(await begin(api, cart))
    clock.advance(30 * minute) // they expire just now

    const soon = async (work: () => Promise<unknown>) => {
      for (let turns = Math.floor(Math.random() * 40); turns > 0; turns--) await turn()
      return work()
    }
    const refund = (id: string, key: string, body: object) =>
      api.as(cashier).post(`${payments}/${id}/refunds`, { reason: 'broken', ...body }, { 'idempotency-key': key })
    const storm = (id: string, index: number) => [
      soon(() => api.as(shopper).post(`${payments}/${id}/cancel`)),
      soon(async () => {
        if (bank.page(id).status !== 'open') return // canceled before the payer was done
        const webhook = paid(bank, id)
        await Promise.all([bank.tells(api, webhook), bank.tells(api, webhook)])
        await Promise.all([
          refund(id, `a-${id}`, { amount: usd(5_000) }),
          refund(id, `b-${id}`, {}),
          refund(id, `a-${id}`, { amount: usd(5_000) }),
        ])
      }),
      soon(() =>
        api.as(shopper).post(payments, { cartId: Carts.id(index) }, { 'idempotency-key': `cart-${index}-once-more` }),
      ),
    ]
    const answers = await Promise.all([
      ...ids.flatMap(storm),
      soon(() => tick(new SettlePayments(deps), deps)),
      soon(() => tick(new SettlePayments(deps), deps)),
    ])
    for (const answer of answers)
      if (typeof answer === 'object' && answer && 'status' in answer) expect(answer.status).toBeLessThan(500)
    await alwaysTrue({ deps, bank, carts })
    const life = new Life()
    await new Stage({ api, deps, clock, events, bank, carts, life }).calm('delivered')
    const rows = await trueInTheEnd({ deps, bank, carts })
    expect(rows.length).toBeGreaterThanOrEqual(ids.length)
  },
)

async function begin(api: Api, cart: number) {
  const body = { cartId: Carts.id(cart) }
  const { status, json } = await api.as(shopper).post(payments, body, { 'idempotency-key': `cart-${cart}` })
  expect(status).toBe(201)
  return json.id as string
}
