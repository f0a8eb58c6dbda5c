import { verifyWebhook, webhookSignatureHeader } from '@slipway/contracts/sandbox-bank'
import { afterAll, expect, vi } from 'vitest'
import { merchant } from '../testing/merchant.ts'
import { pay } from '../testing/payer.ts'
import { bankTest, webhookSecret } from '../testing/test.ts'
import { answering, WebhookTarget } from '../testing/webhook-target.ts'

const target = await WebhookTarget.listen()
const test = bankTest({ WEBHOOK_URL: target.url })
const hours = 3_600
afterAll(() => target.close())

test('hours of retries happen at once, and signatures stay of today', async ({ api, clock, deps, network }) => {
  network.allow(target.url)
  target.answer = answering(...Array.from({ length: 14 }, () => 500))
  const shop = merchant(api)
  await pay(api, (await shop.page()).id)
  for (let ahead = 1; ahead <= 14; ahead++) {
    await deps.agenda.catchUp()
    const moved = await shop.put('/v1/clock', { aheadSeconds: ahead * hours })
    expect(moved).toMatchObject({ status: 200, json: { aheadSeconds: ahead * hours } })
  }
  await vi.waitFor(() => expect(target.received).toHaveLength(15), { timeout: 10_000 })
  const { body, headers } = target.received.at(-1)!
  const today = clock.now().getTime() / 1_000
  expect(verifyWebhook([webhookSecret], String(headers[webhookSignatureHeader]), body, today)).toBe(true)
})

test('without the key nobody moves it, and never back', async ({ api }) => {
  expect(await api.put('/sandbox-bank/v1/clock', { aheadSeconds: 60 })).toMatchObject({ status: 401 })
  expect(await merchant(api).put('/v1/clock', { aheadSeconds: -1 })).toMatchObject({ status: 400 })
})
