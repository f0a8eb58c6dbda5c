import { service, user, type Api } from '@slipway/testing'
import type { PeriodicJob } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import type { Bank } from './bank.ts'
import type { Shop } from './shop.ts'
import { sampleId } from './samples.ts'

export const shopper = user({ id: sampleId(200) })
export const stranger = user({ id: sampleId(201) })
export const support = user({ permissions: ['payments:read'] })
export const cashier = user({ permissions: ['payments:refund'] })
export const capturing = user({ permissions: ['payments:capture'] })
export const reporting = service('reporting', { permissions: ['payments:read'] })

export const payments = '/acquiring/v1/payments'

/** The shopper pays the cart. */
export const pay = (api: Api, shop: Shop, key = 'key-1', body: object = {}, payer = shopper) =>
  api.as(payer).post(payments, { cartId: shop.cartId, ...body }, { 'idempotency-key': key })

/** The shopper pays the cart, and the bank tells what has become of it. Answers the payment's id. */
async function payAndHear(api: Api, shop: Shop, bank: Bank, status: 'authorized' | 'paid'): Promise<string> {
  const { json } = await pay(api, shop)
  await bank.tells(api, bank.becomes(json.id, status))
  return json.id
}

export const authorized = (api: Api, shop: Shop, bank: Bank) => payAndHear(api, shop, bank, 'authorized')
export const captured = (api: Api, shop: Shop, bank: Bank) => payAndHear(api, shop, bank, 'paid')

export const look = async (api: Api, id: string) => (await api.as(shopper).get(`${payments}/${id}`)).json

/** One tick of a periodic job. */
export const tick = (job: PeriodicJob, { observability: { logger } }: Pick<Deps, 'observability'>) =>
  job.run({ tick: new Date(), signal: new AbortController().signal, logger })

export const history = async ({ database }: Deps, paymentId: string) => {
  const { rows } = await database.sql.query<{ status: string; cause: string }>(
    'SELECT status, cause FROM payment_history WHERE payment_id = $1 ORDER BY version',
    [paymentId],
  )
  return rows.map(({ status, cause }) => `${status}: ${cause.split(' ', 1)[0]}`)
}

/** The ledger's accounts and what is on them; those that are even are left out. */
export const balances = async ({ database }: Deps) => {
  const { rows } = await database.sql.query<{ account: string; currency: string; sum: string }>(
    `SELECT account_code AS account, currency, sum(amount) FROM ledger_entries
     GROUP BY 1, 2 HAVING sum(amount) <> 0 ORDER BY 1, 2`,
  )
  return Object.fromEntries(rows.map(({ account, currency, sum }) => [`${account} ${currency}`, Number(sum)]))
}
