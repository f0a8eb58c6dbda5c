import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { merchant } from '../testing/merchant.ts'
import { cards, pay, submit, typed } from '../testing/payer.ts'
import { bankTest, test } from '../testing/test.ts'

const returnUrl = 'https://shop.test/done?step=3'
const pathOf = ({ id }: { id: string }) => `/sandbox-bank/pages/${id}`
const inputs = (html: string) => html.match(/<input[^>]*>/g) ?? []

test('the page shows what is paid to whom, and a form that needs no script', async ({ api }) => {
  const page = await merchant(api).page({ reference: 'order-7', returnUrl })
  const { status, headers, text } = await api.get(pathOf(page))
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  expect(text).toContain('<title>Pay $12.50 to Slipway Store · Sandbox Bank</title>')
  expect(text).toContain('order-7')
  expect(text).toContain(`<form method="post" action="${pathOf(page)}" novalidate>`)
  expect(text).toContain('href="https://shop.test/done?step=3&amp;reference=order-7"')
  for (const number of Object.values(cards)) expect(text).toContain(number)
  expect(text).not.toMatch(/<script|javascript:| on\w+=| style=/i)
  for (const [name, autocomplete] of [
    ['card', 'cc-number'],
    ['expiry', 'cc-exp'],
    ['cvc', 'cc-csc'],
  ]) {
    expect(text).toContain(`<label for="${name}">`)
    expect(inputs(text).find((input) => input.includes(`id="${name}"`))).toContain(`autocomplete="${autocomplete}"`)
  }
})

test('the policy allows this style and these forms, and nothing else', async ({ api }) => {
  const page = await merchant(api).page({ returnUrl })
  const { headers, text } = await api.get(pathOf(page))
  const style = /<style>([^]*)<\/style>/.exec(text)![1]!
  const hash = createHash('sha256').update(style).digest('base64')
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self' https://shop.test; base-uri 'none'; frame-ancestors 'none'`,
  )
})

test('a good card leads back to the merchant with the reference', async ({ api }) => {
  const shop = merchant(api)
  const page = await shop.page({ reference: 'order-7', returnUrl })
  const answer = await submit(api, pathOf(page), typed('4242-4242-4242-4242', { expiry: '1 / 2099' }))
  expect(answer).toMatchObject({
    status: 303,
    headers: { location: 'https://shop.test/done?step=3&reference=order-7' },
  })
  expect((await shop.get(`/v1/pages/${page.id}`)).json.status).toBe('paid')
  // pressed again
  expect(await submit(api, pathOf(page), typed(cards.declined))).toMatchObject({
    status: 303,
    headers: { location: 'https://shop.test/done?step=3&reference=order-7' },
  })
})

test('without a return address the page tells the result', async ({ api }) => {
  const shop = merchant(api)
  const [paid, declined, canceled] = [await shop.page(), await shop.page(), await shop.page()]
  for (const [page, card] of [
    [paid, cards.pays],
    [declined, cards.insufficientFunds],
  ] as const)
    expect(await submit(api, pathOf(page), typed(card))).toMatchObject({
      status: 303,
      headers: { location: pathOf(page) },
    })
  await shop.post(`/v1/pages/${canceled.id}/cancel`)
  const shown = async (page: { id: string }) => (await api.get(pathOf(page))).text
  expect(await shown(paid)).toMatch(/Payment received[^]*Visa •••• 4242/)
  expect(await shown(declined)).toMatch(/Payment declined[^]*not enough money[^]*Visa •••• 9995/)
  expect(await shown(canceled)).toContain('Payment canceled')
  for (const page of [paid, declined, canceled]) expect(await shown(page)).not.toContain('<form')
})

test('a card may ask for confirmation, and the payer says yes or no', async ({ api }) => {
  const shop = merchant(api)
  const [yes, no] = [await shop.page({ reference: 'yes', returnUrl }), await shop.page()]
  for (const page of [yes, no]) {
    expect(await submit(api, pathOf(page), typed(cards.asksForConfirmation))).toMatchObject({
      status: 303,
      headers: { location: pathOf(page) },
    })
    const { text, headers } = await api.get(pathOf(page))
    expect(text).toMatch(/Confirm it’s you[^]*Visa •••• 3155/)
    expect(text).toContain(`<form method="post" action="${pathOf(page)}/confirm"`)
    expect(headers['cache-control']).toBe('no-store')
  }
  expect(await submit(api, `${pathOf(yes)}/confirm`, {})).toMatchObject({ headers: { location: pathOf(yes) } })
  expect(await submit(api, `${pathOf(yes)}/confirm`, { accept: 'true' })).toMatchObject({
    status: 303,
    headers: { location: 'https://shop.test/done?step=3&reference=yes' },
  })
  await submit(api, `${pathOf(no)}/confirm`, { accept: 'false' })
  expect((await api.get(pathOf(no))).text).toContain('The payment was not confirmed.')
  expect(await submit(api, `${pathOf(no)}/confirm`, { accept: 'true' })).toMatchObject({ status: 303 })
  expect((await shop.get(`/v1/pages/${no.id}`)).json.status).toBe('declined')
})

test('wrong input is explained beside its field, and none of it comes back', async ({ api }) => {
  const page = await merchant(api).page()
  const { status, text, headers } = await submit(
    api,
    pathOf(page),
    typed('4242 4242 4242 4241', { expiry: '01/20', cvc: '98' }),
  )
  expect(status).toBe(400)
  expect(headers['cache-control']).toBe('no-store')
  expect(text).toContain('<title>Error: Pay $12.50')
  expect(text).toContain('role="alert"')
  for (const [name, message] of [
    ['card', 'Check the card number: it is not a valid one'],
    ['expiry', 'This card has expired'],
    ['cvc', 'Enter the 3 digits of the security code'],
  ]) {
    const input = inputs(text).find((candidate) => candidate.includes(`id="${name}"`))
    expect(input).toContain(`aria-invalid="true" aria-describedby="${name}-wrong"`)
    expect(text).toContain(`id="${name}-wrong">${message}<`)
  }
  expect(inputs(text)[0]).toContain('autofocus')
  expect(text).not.toMatch(/value="|4241|01\/20/)
  expect(await submit(api, pathOf(page), typed(cards.pays))).toMatchObject({ status: 303 })
})

test('a real card gets no further than being told so', async ({ api }) => {
  const page = await merchant(api).page()
  const { text } = await submit(api, pathOf(page), typed('4111 1111 1111 1111'))
  expect(text).toContain('This is a test page: use one of its test cards')
})

test('an empty form asks for everything', async ({ api }) => {
  const page = await merchant(api).page()
  expect((await submit(api, pathOf(page), {})).text).toContain('Enter the card number')
})

test('the merchant’s words are text', async ({ api }) => {
  const reference = `"><script>alert(1)</script>`
  const page = await merchant(api).page({ reference, key: 'k', returnUrl: `https://shop.test/?a='&b=%22%3E` })
  for (const text of [
    (await api.get(pathOf(page))).text,
    (await submit(api, pathOf(page), {})).text,
    (await pay(api, page.id), (await api.get(pathOf(page))).text),
  ]) {
    expect(text).not.toContain('<script')
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)')
  }
})

test('what goes wrong is a page too', async ({ api }) => {
  const missing = await api.get('/sandbox-bank/pages/0192f1d0-0000-7000-8000-00000000dead')
  expect(missing).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } })
  expect(missing.text).toContain('This page does not exist')
  expect(missing.text).not.toContain('<form')
  const malformed = await api.get('/sandbox-bank/pages/one')
  expect(malformed).toMatchObject({ status: 400, headers: { 'cache-control': 'no-store' } })
  expect(malformed.text).toContain('This did not work')
  const page = await merchant(api).page()
  for (const answer of [
    await api.post(pathOf(page), typed(cards.pays)), // JSON is for the API
    await api.post(pathOf(page), '<xml/>', { 'content-type': 'text/xml' }),
  ])
    expect(answer.text).toContain('This did not work')
})

const elsewhere = bankTest({ PUBLIC_URL: 'https://slipway.test/base/', MERCHANT_NAME: 'Ann & Söhne' })

elsewhere('forms stay under the public address', async ({ api }) => {
  const { json } = await merchant(api).openPage({ amount: { amount: 1_500, currency: 'JPY' } })
  expect(json.url).toBe(`https://slipway.test/base/sandbox-bank/pages/${json.id}`)
  const { text } = await api.get(pathOf(json))
  expect(text).toContain(`action="/base${pathOf(json)}"`)
  expect(text).toContain('Pay ¥1,500 to Ann &amp; Söhne')
  expect(await submit(api, pathOf(json), typed(cards.pays))).toMatchObject({
    headers: { location: `/base${pathOf(json)}` },
  })
})
