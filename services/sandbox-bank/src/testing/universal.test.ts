import { universalTests, type Arrange, type TestCaller } from '@slipway/testing'
import { sandboxBank } from '../app.ts'
import type { Deps } from '../deps.ts'
import { merchant, usd } from './merchant.ts'
import { rows } from './migration-rows.ts'
import { cards, pay, typed } from './payer.ts'
import { apiKey, webhookSecret } from './test.ts'

const authorization = `Bearer ${apiKey}`
const keyed = ({ id }: TestCaller) => ({ authorization, 'idempotency-key': id })

const openPage: Arrange<Deps> = async ({ api }) => ({
  headers: { authorization },
  params: { id: (await merchant(api).page()).id },
})

const withPeriod: Arrange<Deps> = async () => ({
  headers: { authorization },
  query: { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' },
})

/** A page whose payer is asked to confirm. */
const waitingPage: Arrange<Deps> = async ({ api }) => {
  const { id } = await merchant(api).page()
  await pay(api, id, cards.asksForConfirmation)
  return { params: { id } }
}

/** What a browser sends. */
const form = (fields: Record<string, string>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(fields).toString(),
})

universalTests(sandboxBank.definition, {
  rows,
  environment: {
    SANDBOX_BANK_API_KEY: apiKey,
    WEBHOOK_URL: 'http://merchant.test/webhooks',
    WEBHOOK_SECRET: webhookSecret,
  },
  publicRoutes: [
    'POST /sandbox-bank/v1/pages/:id/pay',
    'POST /sandbox-bank/v1/pages/:id/confirm',
    'GET /sandbox-bank/pages/:id',
    'POST /sandbox-bank/pages/:id',
    'POST /sandbox-bank/pages/:id/confirm',
  ],
  signedRoutes: [
    'POST /sandbox-bank/v1/pages',
    'GET /sandbox-bank/v1/pages/:id',
    'GET /sandbox-bank/v1/pages/by-reference/:reference',
    'POST /sandbox-bank/v1/pages/:id/cancel',
    'POST /sandbox-bank/v1/pages/:id/capture',
    'POST /sandbox-bank/v1/refunds',
    'GET /sandbox-bank/v1/settlements',
    'GET /sandbox-bank/v1/settlements/file',
    'PUT /sandbox-bank/v1/clock',
  ],
  requests: {
    'POST /sandbox-bank/v1/pages': async (_, person) => ({
      headers: keyed(person),
      body: { reference: person.id, amount: usd(1_250), returnUrl: 'http://shop.test/thanks' },
    }),
    'GET /sandbox-bank/v1/pages/:id': openPage,
    'GET /sandbox-bank/v1/pages/by-reference/:reference': async ({ api }) => {
      const { reference } = await merchant(api).page()
      return { headers: { authorization }, params: { reference } }
    },
    'POST /sandbox-bank/v1/pages/:id/cancel': openPage,
    'POST /sandbox-bank/v1/pages/:id/capture': async ({ api }) => {
      const { id } = await merchant(api).page({ capture: 'manual' })
      await pay(api, id)
      return { headers: { authorization }, params: { id }, body: { amount: usd(1_000) } }
    },
    'GET /sandbox-bank/v1/settlements': withPeriod,
    'GET /sandbox-bank/v1/settlements/file': withPeriod,
    'PUT /sandbox-bank/v1/clock': async () => ({ headers: { authorization }, body: { aheadSeconds: 0 } }),
    'POST /sandbox-bank/v1/refunds': async ({ api }, person) => {
      const { id: pageId } = await merchant(api).page()
      await pay(api, pageId)
      return { headers: keyed(person), body: { pageId, amount: usd(1) } }
    },
    'POST /sandbox-bank/v1/pages/:id/pay': async ({ api }) => ({
      params: { id: (await merchant(api).page()).id },
      body: typed(cards.pays),
    }),
    'POST /sandbox-bank/v1/pages/:id/confirm': waitingPage,
    'GET /sandbox-bank/pages/:id': waitingPage,
    'POST /sandbox-bank/pages/:id': async ({ api }) => ({
      params: { id: (await merchant(api).page()).id },
      ...form(typed(cards.pays)),
    }),
    'POST /sandbox-bank/pages/:id/confirm': async (world, person) => ({
      ...(await waitingPage(world, person)),
      ...form({ accept: 'true' }),
    }),
  },
})
