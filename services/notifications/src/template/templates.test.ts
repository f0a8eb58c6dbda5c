import { money } from '@slipway/contracts/primitives'
import { expect, test } from 'vitest'
import { render } from './templates.ts'

const page = 'https://shop.example/confirm?t={token}'
const brand = { product: 'Tom & <Co>', verificationPage: page, resetPage: page }

test('a link holds the token, and nothing gets into the HTML unescaped', () => {
  const { text, html } = render('verification', { token: '"><script>&' }, brand)
  expect(text).toContain('https://shop.example/confirm?t=%22%3E%3Cscript%3E%26')
  expect(html).not.toContain('<script>')
})

test('a receipt tells the amount in its currency', () => {
  const amount = money(1_250, 'JPY')
  expect(render('receipt', { amount, paymentId: 'p1' }, brand)).toEqual({
    subject: 'Your receipt from Tom & <Co>: ¥1,250',
    text: 'Thank you. We received ¥1,250.\n\nPayment p1\n',
    html: '<p>Thank you. We received <strong>¥1,250</strong>.</p><p>Payment p1</p>',
  })
})
