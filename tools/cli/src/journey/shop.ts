import { randomUUID } from 'node:crypto'
import { add, multiply, zero, type Money } from '@slipway/contracts/primitives'
import { any } from './compare.ts'
import type { Client } from './client.ts'
import { findReceipt, verifyEmail } from './mail.ts'
import { uploadPicture } from './upload-picture.ts'

const password = 'correct horse battery staple 42'
const testCard = { card: '4242 4242 4242 4242', expiry: '12/34', cvc: '123' }

/** A shopper's whole way, from registering to the paid cart. */
export async function shop(client: Client) {
  const hasFiles = await client.isThere('/files/health/live') // a fork may have removed it
  for (const service of ['sso', 'cart', 'acquiring', ...(hasFiles ? ['files'] : [])]) {
    await client.step(`${service} is ready`, {
      path: `/${service}/health/ready`,
      status: 200,
      expected: { status: 'ok' },
    })
  }
  const user = await logIn(client)
  await verifyEmail(client, user)
  if (hasFiles) await uploadPicture(client, user)
  const cart = await fillCart(client)
  const payment = await pay(client, cart)
  await seeItPaid(client, cart, payment)
  await findReceipt(client, user.email, payment.id)
  await logOut(client)
}

async function logIn(client: Client) {
  const email = `journey-${randomUUID()}@slipway.example`
  const user = await client.step('register', {
    method: 'POST',
    path: '/sso/v1/users',
    body: { email, password, name: 'Jo Shopper' },
    status: 201,
    expected: { id: any.id, email, name: 'Jo Shopper', emailVerified: false, roles: ['user'], createdAt: any.time },
  })
  const tokens = await client.step('log in', {
    method: 'POST',
    path: '/sso/v1/sessions',
    body: { email, password },
    status: 201,
    expected: { accessToken: any.text, refreshToken: any.text, tokenType: 'Bearer', expiresIn: 900 },
  })
  const fresh = await client.step('refresh the tokens', {
    method: 'POST',
    path: '/sso/v1/sessions/refresh',
    body: { refreshToken: tokens.refreshToken },
    status: 200,
    expected: { accessToken: any.text, refreshToken: any.text, tokenType: 'Bearer', expiresIn: 900 },
  })
  client.accessToken = fresh.accessToken
  return client.step('see who I am', { path: '/sso/v1/me', status: 200, expected: user })
}

async function fillCart(client: Client) {
  const { items: products } = await client.step('look at the products', {
    path: '/cart/v1/products?limit=2',
    status: 200,
    expected: { items: any.list, nextCursor: any.thing },
  })
  const empty = await client.step('see my empty cart', {
    path: '/cart/v1/cart',
    status: 200,
    expected: { id: any.id, version: any.whole, status: 'open', items: [], total: { amount: 0, currency: any.text } },
  })
  const lines = products.map((product: { id: string; title: string; price: Money }, index: number) => ({
    productId: product.id,
    title: product.title,
    unitPrice: product.price,
    quantity: index + 1,
    lineTotal: multiply(product.price, index + 1),
  }))
  let cart = empty
  for (const [index, line] of lines.entries()) {
    const items = lines.slice(0, index + 1)
    const total = items.reduce(
      (sum: Money, item: { lineTotal: Money }) => add(sum, item.lineTotal),
      zero(line.unitPrice.currency),
    )
    cart = await client.step(`put ${line.quantity} × ${line.title}`, {
      method: 'PUT',
      path: `/cart/v1/cart/items/${line.productId}`,
      body: { quantity: line.quantity },
      status: 200,
      expected: {
        id: empty.id,
        version: any.whole,
        status: 'open',
        items,
        total,
      },
    })
  }
  return cart
}

async function pay(client: Client, cart: { id: string; total: Money }) {
  const request = {
    method: 'POST',
    path: '/acquiring/v1/payments',
    body: { cartId: cart.id },
    headers: { 'idempotency-key': randomUUID() },
    status: 201,
  } as const
  const payment = await client.step('pay', {
    ...request,
    expected: {
      id: any.id,
      cartId: cart.id,
      status: 'requires_action',
      amount: cart.total,
      nextAction: { type: 'redirect', url: any.text },
      createdAt: any.time,
    },
  })
  await client.step('pay again with the same key: the same answer', { ...request, expected: payment })
  const page = new URL(payment.nextAction.url)
  await client.step('open the bank’s page', { path: page.href, status: 200 })
  await client.step('pay there with the test card', {
    method: 'POST',
    path: `${page.origin}/sandbox-bank/v1/pages/${page.pathname.split('/').at(-1)}/pay`,
    body: testCard,
    status: 200,
    expected: { status: 'paid', returnUrl: any.thing },
  })
  return payment
}

async function seeItPaid(client: Client, cart: { id: string; total: Money }, payment: Record<string, unknown>) {
  const { nextAction: _, ...rest } = payment
  await client.until('see the payment captured', {
    path: `/acquiring/v1/payments/${String(payment['id'])}`,
    status: 200,
    expected: { ...rest, status: 'captured', captured: cart.total },
  })
  await client.until('see the cart paid', {
    path: `/cart/v1/carts/${cart.id}`,
    status: 200,
    expected: { ...cart, status: 'paid', paymentId: payment['id'], version: any.whole },
  })
  await client.step('find a new, empty cart', {
    path: '/cart/v1/cart',
    status: 200,
    expected: {
      id: (id: unknown) => any.id(id) && id !== cart.id,
      version: any.whole,
      status: 'open',
      items: [],
      total: { amount: 0, currency: any.text },
    },
  })
}

const logOut = (client: Client) =>
  client.step('log out', { method: 'DELETE', path: '/sso/v1/sessions/current', status: 204 })
