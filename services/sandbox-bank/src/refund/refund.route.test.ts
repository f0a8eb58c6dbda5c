import { expect } from 'vitest'
import { merchant, usd } from '../testing/merchant.ts'
import { cards, pay } from '../testing/payer.ts'
import { problem } from '@slipway/testing'
import { test } from '../testing/test.ts'

const path = '/sandbox-bank/v1/refunds'

test('gives back a part, then the rest, then nothing', async ({ api }) => {
  const shop = merchant(api)
  const { id } = await shop.page()
  await pay(api, id)
  expect(await shop.refund(id, 1_000)).toMatchObject({
    status: 201,
    json: { id: expect.any(String), pageId: id, amount: usd(1_000), status: 'succeeded' },
  })
  expect(await shop.refund(id, 251)).toMatchObject(
    problem(409, 'REFUND_EXCEEDS_CHARGE', path, { refundable: usd(250) }),
  )
  expect(await shop.refund(id, 250)).toMatchObject({ status: 201 })
  expect((await shop.get(`/v1/pages/${id}`)).json).toMatchObject({ status: 'paid', refunded: usd(1_250) })
  expect(await shop.refund(id, 1)).toMatchObject({ status: 409 })
})

test('the same key refunds once; another body or page is refused', async ({ api }) => {
  const shop = merchant(api)
  const [{ id }, other] = [await shop.page(), await shop.page()]
  for (const page of [id, other.id]) await pay(api, page)
  const first = await shop.refund(id, 100, 'key')
  expect((await shop.refund(id, 100, 'key')).json).toEqual(first.json)
  expect((await shop.get(`/v1/pages/${id}`)).json.refunded).toEqual(usd(100))
  expect(await shop.refund(id, 101, 'key')).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED', path))
  expect(await shop.refund(other.id, 100, 'key')).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED', path))
})

test('refuses what cannot be refunded', async ({ api }) => {
  const shop = merchant(api)
  const [{ id }, open, declined] = [await shop.page(), await shop.page(), await shop.page()]
  await pay(api, id)
  await pay(api, declined.id, cards.declined)
  expect(await shop.refund(id, 1, 'k', 'EUR')).toMatchObject(problem(409, 'CURRENCY_MISMATCH', path))
  expect(await shop.refund(id, 0)).toMatchObject(problem(400, 'AMOUNT_NOT_POSITIVE', path))
  expect(await shop.refund(id, 1, '')).toMatchObject(problem(400, 'IDEMPOTENCY_KEY_REQUIRED', path))
  for (const page of [open, declined])
    expect(await shop.refund(page.id, 1)).toMatchObject({ status: 409, json: { code: 'PAGE_NOT_PAID' } })
  expect(await shop.refund('0192f1d0-0000-7000-8000-00000000dead', 1)).toMatchObject({ status: 404 })
})

test.fresh('fifty refunds at once give back no more than was charged', async ({ api }) => {
  const shop = merchant(api)
  const { id } = await shop.page({ amount: usd(1_000) })
  await pay(api, id)
  const answers = await Promise.all(Array.from({ length: 50 }, () => shop.refund(id, 300)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
  expect(answers.filter(({ json }) => json.code === 'REFUND_EXCEEDS_CHARGE')).toHaveLength(47)
  expect((await shop.get(`/v1/pages/${id}`)).json.refunded).toEqual(usd(900))
})

test.fresh('fifty times one key at once, over two pages, refund once', async ({ api, deps }) => {
  const shop = merchant(api)
  const pages = [await shop.page(), await shop.page()]
  for (const { id } of pages) await pay(api, id)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => shop.refund(pages[index % 2]!.id, 300, 'one')),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array<number>(25).fill(201),
    ...Array<number>(25).fill(422),
  ])
  expect((await deps.database.sql.query('SELECT FROM refunds')).rows).toHaveLength(1)
})
