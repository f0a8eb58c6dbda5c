import { expect } from 'vitest'
import { merchant, usd } from '../testing/merchant.ts'
import { cards, pay } from '../testing/payer.ts'
import { test } from '../testing/test.ts'

const hour = 3_600_000

/** The hour in which the test happens, and the query of it. */
const period = (now: Date) => {
  const from = Math.floor(now.getTime() / hour) * hour
  return { from: new Date(from).toISOString(), to: new Date(from + hour).toISOString() }
}
const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

test('the settlement has every movement of money once, page by page', async ({ api, clock, deps }) => {
  const shop = merchant(api)
  const now = period(clock.now())
  const [sold, held, disputed, declined, held2] = [
    await shop.page({ reference: 'sold' }),
    await shop.page({ reference: 'held', capture: 'manual' }),
    await shop.page({ reference: 'disputed' }),
    await shop.page(),
    await shop.page({ capture: 'manual' }),
  ]
  await pay(api, sold.id)
  await pay(api, held.id)
  await pay(api, held2.id)
  await pay(api, declined.id, cards.declined)
  await pay(api, disputed.id, cards.chargedBack)
  clock.advance(1_000)
  await shop.capture(held.id, 1_000)
  await shop.refund(sold.id, 250, 'refund-1')
  clock.advance(5_000)
  await deps.agenda.catchUp()
  clock.advance(hour)

  const lines = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { status, json } = await shop.get(
      `/v1/settlements?${query({ ...now, limit: '2', ...(cursor && { cursor }) })}`,
    )
    expect(status).toBe(200)
    lines.push(...json.items)
    cursor = json.nextCursor
  }
  expect(lines.map(({ kind, reference, refundId, amount, fee }) => [kind, reference, refundId, amount, fee])).toEqual([
    ['charge', 'sold', undefined, usd(1_250), usd(43)],
    ['charge', 'disputed', undefined, usd(1_250), usd(43)],
    ['charge', 'held', undefined, usd(1_000), usd(39)],
    ['refund', 'sold', 'refund-1', usd(-250), usd(0)],
    ['chargeback', 'disputed', undefined, usd(-1_250), usd(0)],
  ])

  const file = await shop.get(`/v1/settlements/file?${query(now)}`)
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
  const rows = file.text.trimEnd().split('\r\n')
  expect(rows[0]).toBe('id,kind,page_id,reference,refund_id,amount,fee,currency,at')
  expect(rows.slice(1).map((row) => row.split(',').slice(3, 8).join(' '))).toEqual([
    'sold  1250 43 USD',
    'disputed  1250 43 USD',
    'held  1000 39 USD',
    'sold refund-1 -250 0 USD',
    'disputed  -1250 0 USD',
  ])
})

test('a period that is not over, or is none, is not settled', async ({ api, clock }) => {
  const shop = merchant(api)
  const { from, to } = period(clock.now())
  const open = await shop.get(`/v1/settlements?${query({ from, to })}`)
  expect(open).toMatchObject({ status: 409, json: { code: 'PERIOD_NOT_OVER' } })
  const empty = await shop.get(`/v1/settlements?${query({ from: to, to: from })}`)
  expect(empty).toMatchObject({ status: 400, json: { code: 'PERIOD_EMPTY' } })
  expect(await shop.get('/v1/settlements?from=now&to=then')).toMatchObject({ status: 400 })
})

test('a cursor that no answer had is refused', async ({ api, clock }) => {
  const shop = merchant(api)
  const now = period(clock.now())
  clock.advance(hour)
  const id = '01980000-0000-7000-9000-000000000001'
  const look = (cursor: string) => shop.get(`/v1/settlements?${query({ ...now, cursor })}`)
  for (const cursor of [`9999999999999999_${id}`, `1_${'-'.repeat(36)}`, `1_${'0'.repeat(36)}`, `_${id}`, `1_${id}x`])
    expect(await look(cursor), cursor).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
  for (const cursor of [`0_${id}`, `99999999999999_${id}`])
    expect(await look(cursor), cursor).toMatchObject({ status: 200 })
})

test('the merchant’s words are no formula in a spreadsheet', async ({ api, clock }) => {
  const shop = merchant(api)
  const now = period(clock.now())
  const page = await shop.page({ reference: '=1+"1",2', key: 'k' })
  await pay(api, page.id)
  clock.advance(hour)
  expect((await shop.get(`/v1/settlements/file?${query(now)}`)).text).toContain(`"'=1+""1"",2"`)
})
