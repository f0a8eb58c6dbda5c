import { serviceTest } from '@slipway/testing'
import { expect } from 'vitest'
import { cart } from '../app.ts'
import { seedProducts } from './seed-products.ts'

const seeded = serviceTest(cart.definition, {
  environment: { SEED_PRODUCTS: 'true', CURRENCY: 'EUR', FILES_URL: 'http://files.test/files' },
})

seeded.fresh('a service that seeds has something to sell, once, in its currency', async ({ api, deps }) => {
  const { items } = (await api.get('/cart/v1/products')).json
  expect(items).toHaveLength(6)
  expect(items[0]).toEqual({
    id: '01980000-0000-7000-8000-000000000001',
    title: 'Brass deck lantern',
    description: expect.any(String),
    price: { amount: 4_900, currency: 'EUR' },
    available: true,
  })

  await deps.products.update(items[0].id, { title: 'Lamp' })
  await Promise.all([seedProducts(deps), seedProducts(deps)])
  expect((await api.get('/cart/v1/products')).json.items).toEqual([{ ...items[0], title: 'Lamp' }, ...items.slice(1)])
})
