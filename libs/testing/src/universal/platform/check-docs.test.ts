import { anyone, user, type App } from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkDocs } from './check-docs.ts'

const answer = async () => ({})
const schema = { summary: 'One order', params: Type.Object({ id: Type.String() }), response: { 200: Type.Object({}) } }
const access = user()

async function check(add: (app: App) => void) {
  const { app, routes } = await startMiniApp({
    routes(scope) {
      scope.get('/v1/orders/:id', { schema, config: { access } }, answer)
      add(scope)
    },
  })
  await checkDocs({ app, service: 'shop', routes })
}

test('a documented service passes, hidden routes aside', async () => {
  await check((app) => void app.get('/pages/:id', { schema: { hide: true }, config: { access: anyone() } }, answer))
})

test('a route without a summary is found', async () => {
  const add = (app: App) => void app.get('/v1/mute', { config: { access } }, answer)
  await expect(check(add)).rejects.toThrow('GET /shop/v1/mute: has no summary')
})

test('a document that is not valid is found', async () => {
  const add = (app: App) => {
    app.get('/v1/odd/:id', { schema: { ...schema, tags: 'orders' as never }, config: { access } }, answer)
  }
  await expect(check(add)).rejects.toThrow('/shop/docs/openapi.json: is not valid')
})

test('a route that is not in the document is found, and one that is told otherwise there', async () => {
  const { app, routes } = await startMiniApp({
    routes(scope) {
      scope.get('/v1/unseen', { schema: { hide: true }, config: { access } }, answer)
      scope.get('/v1/vague', { schema: { summary: 'Vague' }, config: { access: anyone() } }, answer)
    },
  })
  const claimed = routes.map((route) => {
    if (route.url.endsWith('/v1/unseen')) return { ...route, schema: { ...route.schema, hide: false } }
    return route.url.endsWith('/v1/vague') ? { ...route, access } : route
  })
  await expect(checkDocs({ app, service: 'shop', routes: claimed })).rejects.toThrow(
    /unseen: is not documented[^]*vague: is documented as open/,
  )
})
