import { fastify } from 'fastify'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import type { App } from '../server/app.ts'
import { testApp } from '../testing/test-app.ts'
import { anyone, user } from './access.ts'
import { routesOf } from './routes.ts'

test('every route of the router is known, with its access and schema', async () => {
  const schema = { summary: 'A thing', params: Type.Object({ id: Type.String() }) }
  const access = user({ permissions: ['things:read'] })
  const { app } = await testApp(
    (scoped) => void scoped.get('/things/:id', { schema, config: { access } }, async () => 1),
  )
  const routes = routesOf(app)

  const url = '/shop/things/:id'
  const own = routes.filter((route) => route.url === url)
  expect(own).toEqual(['GET', 'HEAD'].map((method) => ({ method, url, access, schema, bodyLimit: undefined })))
  const platform = routes.map((route) => `${route.method} ${route.url}`)
  expect(platform).toEqual(
    expect.arrayContaining(['OPTIONS *', 'GET /shop/health/live', 'GET /shop/docs', 'GET /shop/docs/']),
  )
  expect(routes.find((route) => route.url.endsWith('/docs/static/*'))?.access).toEqual(anyone())
})

test('an app whose routes were not collected says so instead of having none', () => {
  expect(() => routesOf(fastify() as unknown as App)).toThrow('not collected')
})
