import { readdirSync, readFileSync } from 'node:fs'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { Index, type Mapping } from './testing/index-template.ts'
import { dataFolder, Platform } from './testing/platform.ts'
import { metricsIn, seriesIn } from './testing/promql.ts'
import { Shopper } from './testing/shopper.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const folder = dataFolder()
const configuration = new URL('../../observability/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, configuration), 'utf8')
const patience = { timeout: 30_000, interval: 50 }

/** Takes connections and never says a word. */
const silence = createTcpServer((socket) => socket.on('error', () => {}).resume())
let platform: Platform
let url: string

beforeAll(async () => {
  silence.listen(0, '127.0.0.1')
  await once(silence, 'listening')
})
/** One for all tests, started again after one that has ended it. */
beforeEach(async () => {
  if ((platform as Platform | undefined)?.isRunning) return
  const { port } = silence.address() as AddressInfo
  platform = Platform.launch({
    dataDir: folder.dataDir,
    env: {
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      SENTRY_DSN: `http://key@127.0.0.1:${port}/1`,
    },
  })
  url = await platform.ready()
})
afterAll(async () => {
  await platform.stop()
  silence.close()
  folder.remove()
})

const lines = () =>
  platform.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** A checkout, and each kind of refusal and failure that has a line of its own. */
async function shop() {
  const shopper = new Shopper(url)
  await shopper.register()
  await shopper.logIn()
  const cart = await shopper.fillCart()
  const { json: payment } = await shopper.pay(cart.id)
  await shopper.payAtBank(payment)
  await vi.waitFor(
    async () => expect((await shopper.send('GET', `/cart/v1/carts/${cart.id}`)).json.status).toBe('paid'),
    patience,
  )
  await shopper.send('POST', '/cart/v1/cart', { wrong: [true] })
  await shopper.send('PUT', '/cart/v1/cart/items/none', { quantity: 'many' })
  return shopper
}

test('collector and Sentry that never answer keep nobody waiting', async () => {
  const { ADMIN_PASSWORD: password } = JSON.parse(readFileSync(`${folder.dataDir}/secrets.json`, 'utf8'))
  const admin = new Shopper(url)
  await admin.logIn({ email: 'admin@slipway.example', password })
  expect((await admin.send('GET', '/cart/debug/error')).status).toBe(500)
  await shop()
  expect((await admin.send('GET', '/cart/health/ready')).json).toEqual({ status: 'ok' })

  const before = performance.now()
  expect(await platform.stop()).toBe(0)
  // it gives up on them after two seconds; without that, it would wait for half a minute
  expect(performance.now() - before).toBeLessThan(15_000)
})

test('every line fits the index template; the views of Kibana ask for fields that there are', async () => {
  await shop()
  const template = JSON.parse(read('elk/index-template.json')) as {
    template: { mappings: Mapping; settings: { index: { mapping: { total_fields: { limit: number } } } } }
  }
  const index = new Index(template.template.mappings)
  const written = lines()
  expect(written.length).toBeGreaterThan(20)
  expect(written.flatMap((line) => index.take(line))).toEqual([])
  // what grows with the code, not with what people send
  expect(index.fields).toBeLessThan(60)

  const views = read('elk/kibana.ndjson').trimEnd().split('\n')
  const asked = views.flatMap((line) => {
    const { attributes } = JSON.parse(line)
    const query = JSON.parse(attributes.kibanaSavedObjectMeta?.searchSourceJSON ?? '{}').query?.query ?? ''
    const fields = [...query.matchAll(/([\w.@]+)\s*(?::|>=)/g)].map(([, field]) => field as string)
    return [...(attributes.columns ?? []), ...fields] as string[]
  })
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.filter((field) => !index.has(field))).toEqual([])
})

test('dashboards and alerts ask only for metrics that the services have', async () => {
  const [, address] = /Metrics +(\S+)/.exec(platform.output) ?? []
  const known = seriesIn(await (await fetch(address!)).text())
  const alerts = parse(read('prometheus/alerts.yaml')) as { groups: { rules: { expr: string; record?: string }[] }[] }
  const rules = alerts.groups.flatMap((group) => group.rules)
  const dashboards = readdirSync(new URL('grafana/dashboards', configuration)).map((file) => {
    const { panels } = JSON.parse(read(`grafana/dashboards/${file}`)) as { panels: { targets: { expr: string }[] }[] }
    return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  })
  const own = ['up', ...rules.flatMap(({ record }) => record ?? [])]
  const asked = [...rules.map(({ expr }) => expr), ...dashboards.flat()].flatMap(metricsIn)
  expect(asked.length).toBeGreaterThan(50)
  expect([...new Set(asked)].filter((name) => !known.has(name) && !own.includes(name))).toEqual([])
})
