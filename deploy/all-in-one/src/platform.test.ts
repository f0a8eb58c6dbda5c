import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { buy } from '@slipway/web-client/examples/checkout'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { dataFolder, Platform } from './testing/platform.ts'
import { Shopper } from './testing/shopper.ts'
import { keptSpans } from './testing/spans.ts'

const folder = dataFolder()
const { dataDir } = folder
let platform: Platform
let url: string

/** As in a file of settings that nobody filled in: they count as absent. */
const empty = { HOST: '', PORT: '', PUBLIC_URL: '', DATABASE_URL: '', S3_ENDPOINT: '', S3_BUCKET: '', COMMIT: '' }

/** One for all tests, started again after one that has ended it. */
beforeEach(async () => {
  if ((platform as Platform | undefined)?.isRunning) return
  platform = Platform.launch({ dataDir, port: url ? Number(new URL(url).port) : 0, env: empty })
  url = await platform.ready()
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

const patience = { timeout: 30_000, interval: 50 }
const statusOf = async (shopper: Shopper, path: string) => (await shopper.send('GET', path)).json.status

test('someone registers, logs in, fills a cart, pays, and the cart is paid', async () => {
  const shopper = new Shopper(url)
  await shopper.register()
  await shopper.logIn()
  const cart = await shopper.fillCart()
  const payment = await shopper.pay(cart.id)
  expect(payment).toMatchObject({ status: 201, json: { status: 'requires_action', amount: cart.total } })
  expect(await shopper.payAtBank(payment.json)).toMatchObject({ status: 200, json: { status: 'paid' } })
  await vi.waitFor(async () => expect(await statusOf(shopper, `/cart/v1/carts/${cart.id}`)).toBe('paid'), patience)
  expect(await statusOf(shopper, `/acquiring/v1/payments/${payment.json.id}`)).toBe('captured')
})

test('a page of another origin shops with the typed client', async () => {
  const person = { email: 'page@shop.example', password: 'correct horse battery staple' }
  const page = await buy(url, person, `${url}/thanks`)
  expect(page).toMatch(new RegExp(`^${url}/sandbox-bank/pages/`))
  const preflight = await fetch(`${url}/cart/v1/cart/items/x`, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' },
  })
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  expect(preflight.headers.get('access-control-allow-credentials')).toBe('true')
})

/** From the click to the paid cart, each hop with what led to it. */
const hops = [
  'acquiring: POST /acquiring/v1/payments',
  'acquiring: POST /acquiring/v1/payments > acquiring: POST /internal/v1/carts/:cartId/checkout',
  'acquiring: POST /internal/v1/carts/:cartId/checkout > cart: POST /cart/internal/v1/carts/:cartId/checkout',
  'cart: POST /cart/internal/v1/carts/:cartId/checkout > cart: emit cart.cart.checked-out.v1',
  'acquiring: POST /acquiring/v1/payments > acquiring: POST /v1/pages',
  'acquiring: POST /v1/pages > sandbox-bank: POST /sandbox-bank/v1/pages',
  'sandbox-bank: POST /sandbox-bank/v1/pages/:id/pay',
  'sandbox-bank: POST /sandbox-bank/v1/pages/:id/pay > sandbox-bank: webhook page.paid',
  'sandbox-bank: webhook page.paid > acquiring: POST /acquiring/webhooks/:provider',
  'acquiring: POST /acquiring/webhooks/:provider > acquiring: emit acquiring.payment.captured.v1',
  'acquiring: emit acquiring.payment.captured.v1 > cart: process mark-cart-paid',
  'cart: process mark-cart-paid > cart: emit cart.cart.paid.v1',
]

test('a checkout is one trace from the click to the paid cart, and holds no secret', async () => {
  const shopper = new Shopper(url)
  await shopper.register()
  const { accessToken, refreshToken } = await shopper.logIn()
  const cart = await shopper.fillCart()
  const { json: payment } = await shopper.pay(cart.id)
  await shopper.payAtBank(payment)
  await vi.waitFor(async () => expect(await statusOf(shopper, `/cart/v1/carts/${cart.id}`)).toBe('paid'), patience)

  const kept = () => keptSpans(dataDir, shopper.traceId)
  await vi.waitFor(() => expect(kept().hops).toEqual(expect.arrayContaining(hops)), patience)
  const written = JSON.stringify(kept().spans) + platform.output
  for (const secret of [shopper.password, accessToken, refreshToken, '4242 4242', '4242424242424242', '12/34'])
    expect(written).not.toContain(secret)
})

const cli = fileURLToPath(new URL('../../../tools/cli/src/main.ts', import.meta.url))

test.each([
  ['journey', [], /The journey is right/],
  ['smoke', ['--no-edge'], /All is as it must be/],
  ['load', ['--users', '2', '--seconds', '2', '--rate', '1'], /All 2 visits ended well/],
])('npm run %s plays against it', async (command, args, success) => {
  const cwd = mkdtempSync(join(tmpdir(), 'slipway-cli-'))
  const player = spawn(process.execPath, [cli, command, '--base-url', url, ...args], { cwd })
  const [output] = await Promise.all([text(player.stdout), once(player, 'exit')])
  rmSync(cwd, { recursive: true })
  expect(output).toMatch(success)
  expect(player.exitCode).toBe(0)
})

test('fifty requests with one key make one payment; a price in the request is refused', async () => {
  const shopper = new Shopper(url)
  await shopper.register()
  await shopper.logIn()
  const cart = await shopper.fillCart()
  expect((await shopper.pay(cart.id, 'priced', { amount: { amount: 1, currency: 'USD' } })).status).toBe(400)
  const answers = await Promise.all(Array.from({ length: 50 }, () => shopper.pay(cart.id, 'one-key')))
  expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1)
  expect((await shopper.send('GET', '/acquiring/v1/payments')).json.items).toHaveLength(1)
})

test('what is private is private: folder 700, secrets 600', () => {
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('one page shows the APIs of all services, with nothing from elsewhere', async () => {
  const page = await fetch(`${url}/docs`)
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    200,
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  ])
  const parts = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
  expect(parts).toContain('/docs/start.js')
  const start = await (await fetch(`${url}/docs/start.js`)).text()
  const documents = [...start.matchAll(/url: '([^']+)'/g)].map(([, path = '']) => path)
  expect(documents).toEqual(expect.arrayContaining(['/sso/docs/openapi.json', '/cart/docs/openapi.json']))
  for (const path of [...parts, ...documents]) expect([path, (await fetch(url + path)).status]).toEqual([path, 200])
})

test('the page with links is there, and an unknown place is a problem', async () => {
  expect(await (await fetch(url)).text()).toContain('href="/cart/docs"')
  const nowhere = await fetch(`${url}/nowhere`)
  expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
})

test('metrics of every service are on the internal listener only', async () => {
  const [, metrics = ''] = /Metrics +(\S+)/.exec(platform.output) ?? []
  const text = await (await fetch(metrics)).text()
  for (const service of ['sso', 'cart', 'acquiring', 'sandbox-bank']) expect(text).toContain(`service="${service}"`)
  expect((await fetch(`${url}/cart/metrics`)).status).toBe(404)
})

test('a second start on the same data says who holds it', async () => {
  const second = Platform.launch({ dataDir })
  expect(await second.exit()).toBe(1)
  expect(second.output).toContain(`is in use by process ${platform.process.pid}`)
})

test('a taken port is a clear sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const second = Platform.launch({ dataDir: `${dataDir}-other`, port })
  expect(await second.exit()).toBe(1)
  expect(second.output).toContain(`Port ${port} is taken`)
  other.close()
})

test('killed right after the payment: users, carts and payments are there, and the cart ends paid', async () => {
  const shopper = new Shopper(url)
  await shopper.register()
  await shopper.logIn()
  const cart = await shopper.fillCart()
  const { json: payment } = await shopper.pay(cart.id)
  await shopper.payAtBank(payment)
  await platform.stop('SIGKILL')

  platform = Platform.launch({ dataDir, port: Number(new URL(url).port) })
  await platform.ready()
  await shopper.logIn()
  await vi.waitFor(async () => expect(await statusOf(shopper, `/cart/v1/carts/${cart.id}`)).toBe('paid'), patience)
  expect(await statusOf(shopper, `/acquiring/v1/payments/${payment.id}`)).toBe('captured')
})

test('Ctrl-C stops it, with exit code 0', async () => {
  expect(await platform.stop('SIGINT')).toBe(0)
})

test('it stops as well when nobody reads what it prints any more', async () => {
  platform.process.stdout?.destroy()
  platform.process.stderr?.destroy()
  expect(await platform.stop('SIGHUP')).toBe(0)
})
