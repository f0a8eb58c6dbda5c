import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killPoints, type KillPoint } from './testing/kill-points/points.ts'
import { Town } from './testing/kill-points/town.ts'
import { Shopper } from './testing/shopper.ts'

/** KILL_POINTS=all for every one; these, where most can go wrong, otherwise. */
const few = [
  'after cart asked',
  'after page asked',
  'before webhook taken in',
  'after cart locked',
  'after refund made',
]
const chosen = process.env['KILL_POINTS'] === 'all' ? killPoints : killPoints.filter(({ at }) => few.includes(at))

let town: Town
beforeAll(async () => {
  town = await Town.open()
})
afterAll(() => (town as Town | undefined)?.close())

test.for(chosen)(
  '$service killed $at: the money of a checkout ends in one place ($journey)',
  { timeout: 240_000 },
  async ({ service, at, journey }) => {
    const shopper = new TownShopper('')
    await shopper.register()
    await insist(
      () => shopper.logIn(),
      ({ accessToken }) => accessToken !== undefined,
    )
    const cart = await shopper.fillCart()
    const victim = await town.start(service, at)
    const heir = victim.ended.then(async (how) => {
      await town.start(service)
      return how
    })
    heir.catch(() => {}) // it is waited for below

    const { json: payment } = await insist(
      () => shopper.pay(cart.id, 'one-key'),
      ({ status }) => status === 201,
    )
    if (journey === 'refused') await giveAway(cart.id, payment.id)
    await insist(
      () => shopper.payAtBank(payment),
      ({ json }) => json.status === 'paid' || json.code === 'PAGE_PAID',
    )
    expect(await heir, victim.said).toBe('SIGKILL')

    const status = async (path: string) => (await shopper.send('GET', path)).json.status as string
    const settled = journey === 'paid' ? ['captured', 'paid'] : ['refunded', 'open']
    await insist(
      async () => [await status(`/acquiring/v1/payments/${payment.id}`), await status(`/cart/v1/carts/${cart.id}`)],
      (seen) => seen.join() === settled.join(),
    )
    await checkBooks(cart.id, payment, journey)
  },
)

class TownShopper extends Shopper {
  override send(...[method, path, ...rest]: Parameters<Shopper['send']>) {
    return super.send(method, path.startsWith('/') ? town.at(path) : path, ...rest)
  }
}

/** As a shopper does whose connection broke: once more, until it works. */
async function insist<T>(act: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  let last: unknown
  for (const until = Date.now() + 120_000; Date.now() < until; await pause(100)) {
    try {
      const answer = await act()
      if (isRight(answer)) return answer
      last = answer
    } catch (error) {
      last = error
    }
  }
  throw new Error(`It never came right: ${JSON.stringify(last)}`, { cause: last })
}

/** The cart is given back although the payment is under way: its money will not be honoured. */
async function giveAway(cartId: string, paymentId: string) {
  await insist(
    async () => {
      const token = await fetch(town.at('/sso/oauth2/token'), {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'client_credentials', client_id: 'acquiring' },
          client_secret: town.secret('CLIENT_SECRET_ACQUIRING'),
        }),
      })
      const { access_token } = (await token.json()) as { access_token: string }
      const released = await fetch(town.at(`/cart/internal/v1/carts/${cartId}/release`), {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ paymentId }),
      })
      return released.status
    },
    (status) => status === 204,
  )
}

async function checkBooks(cartId: string, payment: { id: string; amount: object }, journey: KillPoint['journey']) {
  const payments = await town.rows('acquiring', 'SELECT id, status FROM payments WHERE cart_id = $1', [cartId])
  expect(payments, 'payments of the cart').toEqual([
    { id: payment.id, status: journey === 'paid' ? 'captured' : 'refunded' },
  ])
  const [sums] = await town.rows(
    'acquiring',
    `SELECT coalesce(sum(e.amount), 0)::int AS all,
       coalesce(sum(e.amount) FILTER (WHERE e.account_code = 'provider:sandbox-bank'), 0)::int AS held
     FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id WHERE t.payment_id = $1`,
    [payment.id],
  )
  const { amount } = payment.amount as { amount: number }
  expect(sums, 'the ledger').toEqual({ all: 0, held: journey === 'paid' ? amount : 0 })
  const moved = await town.rows(
    'sandbox-bank',
    `SELECT (SELECT count(*)::int FROM charges c WHERE c.page_id = p.id) AS charges,
            (SELECT count(*)::int FROM refunds r WHERE r.page_id = p.id) AS refunds FROM pages p WHERE p.reference = $1`,
    [payment.id],
  )
  expect(moved, 'what moved at the bank').toEqual([{ charges: 1, refunds: journey === 'paid' ? 0 : 1 }])
}
