import { anyone, signed, user, type App } from '@slipway/service-kit'
import { expect, test } from 'vitest'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkOpenRoutes } from './check-open-routes.ts'

const answer = async () => ({})

async function check(
  add: (app: App) => void,
  publicRoutes: readonly string[] = [],
  signedRoutes: readonly string[] = [],
) {
  const { routes } = await startMiniApp({
    routes(app) {
      app.get('/v1/products', { config: { access: anyone() } }, answer)
      app.post('/webhooks', { config: { access: signed('signature') } }, answer)
      app.get('/v1/orders', { config: { access: user() } }, answer)
      add(app)
    },
  })
  const expected = {
    publicRoutes: ['GET /shop/v1/products', ...publicRoutes],
    signedRoutes: ['POST /shop/webhooks', ...signedRoutes],
  }
  checkOpenRoutes({ name: 'shop', routes, ...expected })
}
const nothing = () => {}

test('listed routes pass, with their HEAD and the platform’s own', async () => {
  await check(nothing)
})

test('a new open route is found until it is listed', async () => {
  const add = (app: App) => void app.get('/v1/secrets', { config: { access: anyone() } }, answer)
  await expect(check(add)).rejects.toThrow('GET /shop/v1/secrets: needs no token (anyone) and is not in publicRoutes')
  await check(add, ['GET /shop/v1/secrets'])
})

test('an open route that a plugin adds is found as well', async () => {
  const plugin = async (app: App) => void app.get('/status', { config: { access: anyone() } }, answer)
  await expect(check((app) => void app.register(plugin, { prefix: '/plugin' }))).rejects.toThrow(
    'GET /shop/plugin/status',
  )
})

test('a route is found in the wrong list, and one that is gone', async () => {
  await expect(check(nothing, ['POST /shop/webhooks'])).rejects.toThrow('is in publicRoutes and is no such route')
  await expect(check(nothing, [], ['GET /shop/v1/orders'])).rejects.toThrow('is in signedRoutes and is no such route')
  await expect(check(nothing, ['GET /shop/v1/gone'])).rejects.toThrow('GET /shop/v1/gone: is in publicRoutes and is no')
})

test('a HEAD route that is open where its GET is not is found', async () => {
  const add = (app: App) => {
    app.head('/v1/baskets', { config: { access: anyone() } }, answer)
    app.get('/v1/baskets', { config: { access: user() } }, answer)
  }
  await expect(check(add)).rejects.toThrow('HEAD /shop/v1/baskets: is not guarded as GET /shop/v1/baskets is')
})
