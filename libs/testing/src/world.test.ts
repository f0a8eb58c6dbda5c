import { expect, inject, test } from 'vitest'
import { buildDeps } from './testing/deps.ts'
import { kiosk } from './testing/kiosk.ts'
import { startWorld } from './world.ts'

const options = { environment: { CART_URL: 'http://cart.test/cart' }, databaseUrl: inject('postgresUrl') }

test('a service that opens connections of its own is told so: nothing would be rolled back', async () => {
  const careless = {
    ...kiosk,
    buildDeps: (platform: Parameters<typeof buildDeps>[0]) => buildDeps({ ...platform, createPool: undefined }),
  }
  await expect(startWorld(careless, options)).rejects.toThrow('kiosk: buildDeps must hand createPool on')
})

test('a service does not start without a neighbour that it needs', async () => {
  const { CART_URL: _, ...environment } = options.environment
  await expect(startWorld(kiosk, { ...options, environment })).rejects.toThrow('CART_URL')
})
