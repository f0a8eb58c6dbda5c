import { expect } from 'vitest'
import { merchant } from '../testing/merchant.ts'
import { cards, confirm, pay, typed } from '../testing/payer.ts'
import { problem } from '@slipway/testing'
import { test } from '../testing/test.ts'

const returnUrl = 'https://shop.test/done'

test.for([
  [cards.pays, { status: 'paid', returnUrl: `${returnUrl}?reference=r` }],
  [cards.chargedBack, { status: 'paid', returnUrl: `${returnUrl}?reference=r` }],
  [cards.declined, { status: 'declined', declineCode: 'card_declined', returnUrl: `${returnUrl}?reference=r` }],
  [
    cards.insufficientFunds,
    { status: 'declined', declineCode: 'insufficient_funds', returnUrl: `${returnUrl}?reference=r` },
  ],
  [cards.asksForConfirmation, { status: 'requires_confirmation' }],
] as const)('card %s', async ([card, answer], { api }) => {
  const shop = merchant(api)
  const { id } = await shop.page({ reference: 'r', returnUrl })
  expect(await pay(api, id, card)).toMatchObject({ status: 200, json: answer })
  const { json } = await shop.get(`/v1/pages/${id}`)
  expect(json).toMatchObject({ status: answer.status })
  expect(json.declineCode).toBe('declineCode' in answer ? answer.declineCode : undefined)
})

test('a page without a return address answers without one', async ({ api }) => {
  const { id } = await merchant(api).page()
  const { json } = await pay(api, id)
  expect(json).toEqual({ status: 'paid' })
})

test('the confirmation decides', async ({ api }) => {
  const shop = merchant(api)
  const [yes, no] = [await shop.page({ returnUrl }), await shop.page()]
  for (const { id } of [yes, no]) await pay(api, id, cards.asksForConfirmation)
  expect((await confirm(api, yes.id, true)).json).toEqual({
    status: 'paid',
    returnUrl: `${returnUrl}?reference=${yes.reference}`,
  })
  expect((await confirm(api, no.id, false)).json).toEqual({ status: 'declined', declineCode: 'authentication_failed' })
  expect(await confirm(api, yes.id, true)).toMatchObject({ status: 409, json: { code: 'PAGE_CLOSED' } })
})

test('a closed page takes no card, an open one no confirmation', async ({ api }) => {
  const shop = merchant(api)
  const [declined, waiting, open] = [await shop.page(), await shop.page(), await shop.page()]
  await pay(api, declined.id, cards.declined)
  await pay(api, waiting.id, cards.asksForConfirmation)
  for (const { id } of [declined, waiting])
    expect(await pay(api, id)).toMatchObject({ status: 409, json: { code: 'PAGE_CLOSED' } })
  expect(await confirm(api, open.id, true)).toMatchObject({ status: 409, json: { code: 'PAGE_CLOSED' } })
})

test('a card that cannot be used leaves the page open and says what is wrong', async ({ api }) => {
  const { id } = await merchant(api).page()
  const path = `/sandbox-bank/v1/pages/${id}/pay`
  const refused = async (card: object) => (await api.post(path, card)).json
  expect(await api.post(path, typed('4111 1111 1111 1111'))).toMatchObject(
    problem(400, 'CARD_NOT_SUPPORTED', path, { errors: [{ path: '/body/card', message: expect.any(String) }] }),
  )
  expect((await refused(typed('4242 4242 4242 4241'))).code).toBe('CARD_NUMBER_INVALID')
  expect((await refused(typed(cards.pays, { expiry: '01/20' }))).code).toBe('CARD_EXPIRED')
  expect((await refused(typed(cards.pays, { cvc: '1234' }))).code).toBe('CARD_CVC_INVALID')
  expect((await refused({ card: 'four' })).code).toBe('VALIDATION_FAILED')
  expect((await refused({ ...typed(cards.pays), name: 'A' })).code).toBe('VALIDATION_FAILED')
  expect(await pay(api, id)).toMatchObject({ status: 200 })
  expect(await pay(api, '0192f1d0-0000-7000-8000-00000000dead')).toMatchObject({ status: 404 })
})

test.fresh('fifty pays at once charge once', async ({ api, deps }) => {
  const { id } = await merchant(api).page()
  const answers = await Promise.all(Array.from({ length: 50 }, () => pay(api, id)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(49).fill(409)])
  const { rows } = await deps.database.sql.query('SELECT amount FROM charges')
  expect(rows).toEqual([{ amount: '1250' }])
  expect((await deps.database.sql.query('SELECT type FROM webhooks')).rows).toEqual([{ type: 'page.paid' }])
})

test.fresh('fifty confirmations at once charge once', async ({ api, deps }) => {
  const { id } = await merchant(api).page()
  await pay(api, id, cards.asksForConfirmation)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => confirm(api, id, index % 2 === 0)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const paid = answers.some(({ json }) => json.status === 'paid')
  expect((await deps.database.sql.query('SELECT FROM charges')).rows).toHaveLength(paid ? 1 : 0)
})

test('of a card nothing but brand and last digits is kept or logged', async ({ api, deps, logs }) => {
  const shop = merchant(api)
  const { id } = await shop.page()
  const secret = { card: cards.pays, expiry: '11/98', cvc: '987' }
  await api.post(`/sandbox-bank/v1/pages/${id}/pay`, { ...secret, cvc: '98765' })
  await api.post(`/sandbox-bank/v1/pages/${id}/pay`, { ...secret, name: 'x' })
  await api.post(`/sandbox-bank/v1/pages/${id}/pay`, secret)
  await api.post(`/sandbox-bank/pages/${id}`, new URLSearchParams(secret).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
  const { rows } = await deps.database.sql.query<{ row: string }>(
    `SELECT p::text || coalesce(c::text, '') || coalesce(w::text, '') AS row FROM pages p
     LEFT JOIN charges c ON c.page_id = p.id LEFT JOIN webhooks w ON w.page_id = p.id`,
  )
  const kept = rows.map(({ row }) => row).join()
  expect(kept).toContain('4242')
  expect(logs.lines.length).toBeGreaterThan(3)
  for (const text of [kept, logs.text]) expect(text).not.toMatch(/4242 ?4242|11\/98|11%2F98|"987|987"|[,(]987[,)]/)
})
