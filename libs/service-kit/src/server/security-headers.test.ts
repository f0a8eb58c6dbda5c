import { expect, test } from 'vitest'
import { anyone } from '../access/access.ts'
import { testApp } from '../testing/test-app.ts'
import type { App } from './app.ts'

const routes = (app: App) => {
  app.get('/page', { config: { access: anyone() } }, async (_request, reply) => {
    reply.header('content-security-policy', "default-src 'none'")
    return {}
  })
}
const headersOf = async (url: string, variables: Record<string, string> = {}) => {
  const { app } = await testApp(routes, { variables })
  return (await app.inject({ url })).headers
}

test.each(['/shop/health/live', '/shop/nowhere'])('%s tells browsers what they may do with it', async (url) => {
  expect(await headersOf(url)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("default-src 'self'"),
  })
})

test('a route may have a policy of its own', async () => {
  expect((await headersOf('/shop/page'))['content-security-policy']).toBe("default-src 'none'")
})

test('only in production are browsers told to come by HTTPS', async () => {
  const url = '/shop/health/live'
  expect(await headersOf(url)).not.toHaveProperty('strict-transport-security')
  const production = { NODE_ENV: 'production' }
  expect(await headersOf(url, production)).toHaveProperty('strict-transport-security')
  expect(String((await headersOf(url, production))['content-security-policy'])).not.toContain('upgrade-insecure')
})
