import { createApi, createSession, ok } from '@slipway/web-client'

interface Person {
  email: string
  password: string
}

/** Registers somebody, fills their cart and answers the page on which they pay. @throws ApiError */
export async function buy(baseUrl: string, person: Person, returnUrl?: string): Promise<string | undefined> {
  // #region checkout
  const session = createSession({ baseUrl })
  const api = createApi({ baseUrl, session })

  await ok(api.POST('/sso/v1/users', { body: person }))
  await session.logIn(person)

  const { items: products } = await ok(api.GET('/cart/v1/products', { params: { query: { limit: 1 } } }))
  for (const { id: productId } of products) {
    const params = { path: { productId } }
    await ok(api.PUT('/cart/v1/cart/items/{productId}', { params, body: { quantity: 2 } }))
  }
  const { id: cartId } = await ok(api.GET('/cart/v1/cart'))

  // one key for one wish to pay: a second click, or a second try after a lost answer, charges nobody twice
  const params = { header: { 'idempotency-key': crypto.randomUUID() } }
  const payment = await ok(api.POST('/acquiring/v1/payments', { params, body: { cartId, returnUrl } }))
  return payment.nextAction?.url // where the browser goes now
  // #endregion
}
