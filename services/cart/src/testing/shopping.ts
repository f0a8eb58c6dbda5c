import { delegated, service, user, type Api, type ServiceFixtures, type TestCaller } from '@slipway/testing'
import type { Deps } from '../deps.ts'
import { lantern, mug, sampleId, usd } from './samples.ts'

// #region callers
export const shopper = user({ id: sampleId(200) })
export const stranger = user({ id: sampleId(201) })
export const shopkeeper = user({ permissions: ['products:write'] })
export const acquiring = service('acquiring')
// #endregion

/** What `fillCart` puts into a cart, as the API shows it. */
export const filled = {
  items: [
    { productId: mug.id, title: 'Mug', unitPrice: usd(1_450), quantity: 2, lineTotal: usd(2_900) },
    { productId: lantern.id, title: 'Lantern', unitPrice: usd(4_900), quantity: 1, lineTotal: usd(4_900) },
  ],
  total: usd(7_800),
}

/** Two mugs and a lantern in the shopper’s cart, which has version 3 then. */
export async function fillCart({ api, deps }: Pick<ServiceFixtures<Deps>, 'api' | 'deps'>, buyer = shopper) {
  await deps.products.add([mug, lantern])
  await setItem(api, mug.id, 2, buyer)
  const { json } = await setItem(api, lantern.id, 1, buyer)
  return json.id as string
}

export const setItem = (api: Api, productId: string, quantity: number, buyer: TestCaller = shopper) =>
  api.as(buyer).put(`/cart/v1/cart/items/${productId}`, { quantity })

// #region verb
export const checkout = (api: Api, cartId: string, paymentId: string, { id } = shopper) =>
  api
    .as(delegated({ id, actor: 'acquiring', audience: 'cart' }))
    .post(`/cart/internal/v1/carts/${cartId}/checkout`, { paymentId })
// #endregion

export const release = (api: Api, cartId: string, paymentId: string) =>
  api.as(acquiring).post(`/cart/internal/v1/carts/${cartId}/release`, { paymentId })

/** An event of acquiring about the shopper’s payment of a cart. */
export const payment = (cartId: string, paymentId: string, amount = filled.total) => ({
  subject: paymentId,
  data: { paymentId, cartId, userId: shopper.id, amount, provider: 'sandbox-bank' },
})
