import { expect, test } from 'vitest'
import { checkService, type Answer, type Ask } from './check-service.ts'

const problem = (status: number, code: string): Answer => ({ status, type: 'application/problem+json', json: { code } })
const json = (body: object): Answer => ({ status: 200, type: 'application/json', json: body })
const secured = { security: [{ bearer: [] }] }
const document = {
  openapi: '3.1.0',
  paths: {
    '/cart/v1/products': { get: {} },
    '/cart/v1/carts/{id}': { get: secured },
    '/cart/internal/v1/carts/{id}/checkout': { post: secured },
  },
}

/** A service as it must be, behind an edge; `changed` answers otherwise. */
function service(changed: Record<string, Answer> = {}): Ask {
  return async (method, path) => {
    const found = Object.entries(changed).find(([route]) => new RegExp(`^${route}$`).test(`${method} ${path}`))
    if (found) return found[1]
    if (/internal/i.test(path)) return problem(404, 'ROUTE_NOT_FOUND')
    if (/health/.test(path)) return json({ status: 'ok' })
    if (path === '/cart/docs') return { status: 200, type: 'text/html', json: undefined }
    if (path === '/cart/docs/openapi.json') return json(document)
    if (/debug|carts/.test(path)) return problem(401, 'UNAUTHORIZED')
    return problem(404, 'ROUTE_NOT_FOUND')
  }
}
const wrong = async (changed?: Record<string, Answer>, edge = true) =>
  (await checkService('cart', service(changed), { edge })).wrong

test('a service that is as it must be has nothing wrong, and every route that needs a token was asked', async () => {
  const asked: string[] = []
  const ask: Ask = (method, path) => (asked.push(`${method} ${path}`), service()(method, path))
  expect((await checkService('cart', ask, { edge: true })).wrong).toEqual([])
  expect(asked).toContainEqual(expect.stringMatching(/^GET \/cart\/v1\/carts\/[\w-]{36}$/))
  expect(asked).toContainEqual(expect.stringMatching(/^POST \/cart\/internal\/v1\/carts\/[\w-]{36}\/checkout$/))
})

const ok = json({ status: 'ok' })
test.each([
  ['is not ready', 'GET /cart/health/ready', problem(503, 'NOT_READY')],
  ['has no documentation', 'GET /cart/docs', problem(404, 'ROUTE_NOT_FOUND')],
  ['describes nothing', 'GET /cart/docs/openapi.json', json({ openapi: '3.1.0', paths: {} })],
  ['answers a route without a token', 'GET /cart/v1/carts/.*', ok],
  ['is reached by its internal routes', 'POST /cart/internal/.*', problem(401, 'UNAUTHORIZED')],
  ['is reached by a route round the edge', 'GET /cart//internal/.*', ok],
  ['shows its metrics', 'GET /cart/metrics', { status: 200, type: 'text/plain', json: undefined }],
  ['shows its settings', 'GET /cart/debug/info', ok],
  ['refuses with a page of a proxy', 'GET /cart/debug/error', { status: 401, type: 'text/html', json: undefined }],
])('one that %s is told', async (_, route, answer) => {
  expect(await wrong({ [route]: answer })).toHaveLength(1)
})

test('without an edge internal routes answer, and must ask for a token', async () => {
  const refused = { 'POST /cart/internal/.*': problem(401, 'UNAUTHORIZED') }
  expect(await wrong(refused, false)).toEqual([])
  expect(await wrong({ 'POST /cart/internal/.*': ok }, false)).toHaveLength(1)
})
