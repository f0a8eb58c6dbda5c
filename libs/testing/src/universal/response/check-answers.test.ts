import { anyone, anyOf, Forbidden, service, user, type App } from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { requestFor } from '../requests/route-request.ts'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkAnswers } from './check-answers.ts'

const schema = { response: { 200: Type.Object({ count: Type.Integer({ minimum: 0 }) }) } }

async function check(add: (app: App) => void) {
  const { app, routes } = await startMiniApp({ routes: add })
  await checkAnswers({ app, service: 'shop', routes, arrange: async (route) => requestFor(route, 1) })
}

test('routes that answer what they declare pass', async () => {
  await check((app) => {
    app.get('/v1/count', { schema, config: { access: anyOf(user(), service()) } }, async () => ({ count: 1 }))
    app.get('/v1/page', { schema: { hide: true }, config: { access: anyone() } }, async () => 'hello')
  })
})

test('an answer that does not fit is found, for each kind of caller', async () => {
  const checked = check((app) => {
    app.get('/v1/count', { schema, config: { access: anyOf(user(), service()) } }, async ({ caller }) => ({
      count: caller.kind === 'service' ? -1 : 1,
    }))
  })
  await expect(checked).rejects.toThrow('a service with all permissions gets 200: /count must be >= 0')
})

test('a route that nobody brought to answer is found', async () => {
  const refuse = async () => {
    throw new Forbidden()
  }
  const checked = check((app) => void app.get('/v1/count', { schema, config: { access: anyone() } }, refuse))
  await expect(checked).rejects.toThrow(/GET \/shop\/v1\/count: a right request gets 403 .*; say in `requests` what/)
})
