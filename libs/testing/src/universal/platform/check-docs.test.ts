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

interface Document {
  paths: Record<string, Record<string, object>>
}

/** The document as somebody has changed it on its way. */
const changed = (change: (document: Document) => unknown) => (app: App) =>
  void app.addHook('onSend', async ({ url }, _reply, payload) => {
    if (!url.endsWith('/docs/openapi.json')) return payload
    const document = JSON.parse(String(payload)) as Document
    change(document)
    return JSON.stringify(document)
  })

const order = '/shop/v1/orders/{id}'
test.each<[string, string, (document: Document) => unknown]>([
  [
    'tells of what is no route',
    'GET /shop/v1/ghosts: is documented and is no route',
    ({ paths }) => (paths['/shop/v1/ghosts'] = paths[order]!),
  ],
  [
    'tells of no answers',
    'GET /shop/v1/orders/:id: has no answers',
    ({ paths }) => Object.assign(paths[order]!['get']!, { responses: {} }),
  ],
  ['is of an older version', 'is of version 3.0.3', (document) => Object.assign(document, { openapi: '3.0.3' })],
])('a document that %s is found', async (_, wrong, change) => {
  await expect(check(changed(change))).rejects.toThrow(wrong)
})

test('a page that is missing is found', async () => {
  const add = (app: App) =>
    void app.addHook('onSend', async ({ url }, reply) => void (url === '/shop/docs' && reply.code(404)))
  await expect(check(add)).rejects.toThrow('GET /shop/docs: 404 text/html; charset=utf-8 is no page')
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
