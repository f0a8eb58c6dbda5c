import { expect, inject, test, vi } from 'vitest'
import { addressAt, isAllowed } from './network/allowed.ts'
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

test('how busy the machine is decides about no test, unless one asks for it', async () => {
  const patient = await startWorld(kiosk, options)
  expect(patient.service.settings).toMatchObject({
    DATABASE_CONNECT_TIMEOUT_MS: 120_000,
    DATABASE_TRANSACTION_TIMEOUT_MS: 120_000,
    S2S_TIMEOUT_MS: 120_000,
  })
  await patient.stop()
  const hasty = await startWorld(kiosk, { ...options, environment: { ...options.environment, S2S_TIMEOUT_MS: '300' } })
  expect(hasty.service.settings).toMatchObject({ S2S_TIMEOUT_MS: 300 })
  await hasty.stop()
})

test('what fails while a world stops keeps nothing open', async () => {
  const world = await startWorld(kiosk, options)
  const { neighbours } = world.fixtures
  vi.spyOn(world.service, 'stop').mockRejectedValueOnce(new Error('it does not stop'))
  const closed = vi.spyOn(neighbours, 'close')
  await expect(world.stop()).rejects.toThrow('it does not stop')
  expect(closed).toHaveBeenCalledOnce()
  expect(isAllowed(addressAt(options.databaseUrl))).toBe(false)
  await world.service.stop()
})
