import { describe, expect } from 'vitest'
import { merchant, usd } from '../testing/merchant.ts'
import { cards, pay } from '../testing/payer.ts'
import { problem } from '@slipway/testing'
import { test } from '../testing/test.ts'

const unknown = '0192f1d0-0000-7000-8000-00000000dead'

describe('POST /v1/pages', () => {
  test('opens a page whose address ends with its id', async ({ api, clock }) => {
    const { status, json } = await merchant(api).openPage({
      reference: 'payment-1',
      returnUrl: 'https://shop.test/done',
    })
    expect({ status, json }).toEqual({
      status: 201,
      json: {
        id: expect.any(String),
        reference: 'payment-1',
        amount: usd(1_250),
        captured: usd(0),
        refunded: usd(0),
        status: 'open',
        url: `http://slipway.test/sandbox-bank/pages/${json.id}`,
        createdAt: clock.now().toISOString(),
      },
    })
  })

  test('the same key gets the same page, whatever has become of it; another body is refused', async ({ api }) => {
    const shop = merchant(api)
    const page = await shop.page({ reference: 'r-1', key: 'k-1' })
    await pay(api, page.id)
    expect(await shop.openPage({ reference: 'r-1', key: 'k-1' })).toMatchObject({
      status: 201,
      json: { ...page, captured: usd(1_250), status: 'paid' },
    })
    expect(await shop.openPage({ reference: 'r-1', key: 'k-1', amount: usd(1) })).toMatchObject(
      problem(422, 'IDEMPOTENCY_KEY_REUSED', '/sandbox-bank/v1/pages'),
    )
    expect(await shop.openPage({ reference: 'r-1', key: 'k-2' })).toMatchObject(
      problem(409, 'REFERENCE_TAKEN', '/sandbox-bank/v1/pages'),
    )
  })

  test.fresh('fifty at once with one key open one page', async ({ api, deps }) => {
    const opened = await Promise.all(Array.from({ length: 50 }, () => merchant(api).page({ reference: 'one' })))
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
    const { rows } = await deps.database.sql.query('SELECT FROM pages')
    expect(rows).toHaveLength(1)
  })

  test('refuses what it cannot work with', async ({ api }) => {
    const shop = merchant(api)
    const refusal = async (opening: Parameters<typeof shop.openPage>[0]) => {
      const { status, json } = await shop.openPage(opening)
      return `${status} ${json.code}`
    }
    expect(await refusal({ key: '' })).toBe('400 IDEMPOTENCY_KEY_REQUIRED')
    expect(await refusal({ amount: usd(0) })).toBe('400 AMOUNT_NOT_POSITIVE')
    expect(await refusal({ amount: usd(-1) })).toBe('400 AMOUNT_NOT_POSITIVE')
    expect(await refusal({ amount: usd(1.5) })).toBe('400 VALIDATION_FAILED')
    expect(await refusal({ amount: { amount: 1, currency: 'dollars' } })).toBe('400 VALIDATION_FAILED')
    expect(await refusal({ returnUrl: 'javascript:alert(1)' })).toBe('400 RETURN_URL_NOT_ALLOWED')
    expect(await refusal({ reference: 'r', fault: 'explode' })).toBe('400 UNKNOWN_FAULT')
    expect(await shop.post('/v1/pages', { reference: 'r', amount: usd(1), price: 1 })).toMatchObject({
      status: 400,
      json: { code: 'VALIDATION_FAILED' },
    })
  })

  test('only the merchant gets in, before anything is read', async ({ api }) => {
    for (const authorization of [undefined, 'Bearer wrong', 'Basic bWVyY2hhbnQ6a2V5', 'merchant-key-of-tests'])
      for (const [method, path] of [
        ['POST', '/v1/pages'],
        ['GET', `/v1/pages/${unknown}`],
        ['GET', '/v1/pages/by-reference/r'],
        ['POST', `/v1/pages/${unknown}/cancel`],
        ['POST', '/v1/refunds'],
      ] as const) {
        const answer = await api.request(
          method,
          `/sandbox-bank${path}`,
          undefined,
          authorization ? { authorization } : {},
        )
        expect(answer).toMatchObject(problem(401, 'API_KEY_REFUSED', `/sandbox-bank${path}`))
        expect(answer.headers['www-authenticate']).toBe('Bearer')
      }
  })
})

describe('GET /v1/pages', () => {
  test('finds a page by its id and by its reference', async ({ api }) => {
    const shop = merchant(api)
    const page = await shop.page({ reference: 'a/b c', key: 'k' })
    expect(await shop.get(`/v1/pages/${page.id}`)).toMatchObject({ status: 200, json: page })
    expect(await shop.get('/v1/pages/by-reference/a%2Fb%20c')).toMatchObject({ status: 200, json: page })
  })

  test('does not find what is not there', async ({ api }) => {
    const shop = merchant(api)
    expect(await shop.get(`/v1/pages/${unknown}`)).toMatchObject({ status: 404, json: { code: 'PAGE_NOT_FOUND' } })
    expect(await shop.get('/v1/pages/by-reference/x')).toMatchObject({ status: 404, json: { code: 'PAGE_NOT_FOUND' } })
    expect(await shop.get('/v1/pages/1')).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
  })
})

describe('POST /v1/pages/{id}/cancel', () => {
  test('closes an unpaid page, and says the same again', async ({ api }) => {
    const shop = merchant(api)
    const { id } = await shop.page()
    const canceled = await shop.post(`/v1/pages/${id}/cancel`)
    expect(canceled).toMatchObject({ status: 200, json: { id, status: 'canceled' } })
    expect((await shop.post(`/v1/pages/${id}/cancel`)).json).toEqual(canceled.json)
    expect(await pay(api, id)).toMatchObject(
      problem(409, 'PAGE_CLOSED', `/sandbox-bank/v1/pages/${id}/pay`, { pageStatus: 'canceled' }),
    )
  })

  test('a page that waits for confirmation can be canceled, a paid one cannot', async ({ api }) => {
    const shop = merchant(api)
    const [waiting, paid] = [await shop.page(), await shop.page()]
    await pay(api, waiting.id, cards.asksForConfirmation)
    await pay(api, paid.id)
    expect(await shop.post(`/v1/pages/${waiting.id}/cancel`)).toMatchObject({
      status: 200,
      json: { status: 'canceled' },
    })
    expect(await shop.post(`/v1/pages/${paid.id}/cancel`)).toMatchObject(
      problem(409, 'PAGE_PAID', `/sandbox-bank/v1/pages/${paid.id}/cancel`),
    )
    expect(await shop.post(`/v1/pages/${unknown}/cancel`)).toMatchObject({ status: 404 })
  })

  test.fresh('cancel against pay: one of them wins, both know which', async ({ api }) => {
    const shop = merchant(api)
    for (let round = 0; round < 5; round++) {
      const { id } = await shop.page()
      const [canceled, paid] = await Promise.all([shop.post(`/v1/pages/${id}/cancel`), pay(api, id)])
      const { json } = await shop.get(`/v1/pages/${id}`)
      expect([canceled.status, paid.status].sort()).toEqual([200, 409])
      expect(json.status).toBe(paid.status === 200 ? 'paid' : 'canceled')
    }
  })
})
