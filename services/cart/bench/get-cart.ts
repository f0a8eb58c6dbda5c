import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { migrateUp, TransactionPool } from '@slipway/database'
import { newId } from '@slipway/service-kit'
import { acquireTestPostgres } from '@slipway/testing'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Pool } from 'undici'
import { cart } from '../src/app.ts'

/**
 * `GET /cart/v1/cart` with everything on (access, logs, metrics, traces that are exported) against bare Fastify with the
 * same verification and query, in turns: `node services/cart/bench/get-cart.ts [seconds of a round]`. Wanted: 0.7.
 */
const roundMs = Number(process.argv[2] ?? 3) * 1_000
const rounds = 7
const connections = 32
const issuer = 'http://sso.bench/sso'

const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'EdDSA', use: 'sig' }] })
// the keys of SSO, and a collector that takes every span
const around = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json' }).end(request.method === 'GET' ? jwks : '{}')
}).listen(0, '127.0.0.1')
await once(around, 'listening')
const aroundUrl = `http://127.0.0.1:${(around.address() as AddressInfo).port}`

const postgres = await acquireTestPostgres()
const admin = new TransactionPool({ connectionString: postgres.adminUrl })
admin.on('error', () => {}) // the server may stop before its last idle connection does
const name = `bench_${randomUUID().slice(0, 8)}`
await admin.query(`CREATE DATABASE ${name}`)
const address = new URL(postgres.adminUrl)
address.pathname = `/${name}`
const databaseUrl = address.href
await migrateUp(databaseUrl, cart.migrations)
const userId = await filledCart()
const claims = { client_id: 'slipway', sid: 's', scope: '', roles: ['user'], token_use: 'user' }
const token = await new SignJWT(claims)
  .setProtectedHeader({ alg: 'EdDSA', kid: 'k', typ: 'at+jwt' })
  .setIssuer(issuer)
  .setSubject(userId)
  .setAudience('slipway')
  .setIssuedAt()
  .setJti('j')
  .setExpirationTime('1h')
  .sign(privateKey)

const servers = { full: await start('full'), bare: await start('bare') }
for (const server of Object.values(servers)) await load(server, roundMs)
const ratios: { rate: number; cpu: number }[] = []
for (let round = 0; round < rounds; round++) {
  const order = round % 2 ? (['bare', 'full'] as const) : (['full', 'bare'] as const)
  const measured = { full: { perSecond: 0, cpuMicros: 0 }, bare: { perSecond: 0, cpuMicros: 0 } }
  for (const kind of order) measured[kind] = await load(servers[kind], roundMs)
  const { full, bare } = measured
  ratios.push({ rate: full.perSecond / bare.perSecond, cpu: bare.cpuMicros / full.cpuMicros })
  const shown = ({ perSecond, cpuMicros }: typeof full) => `${perSecond.toFixed(0)}/s ${cpuMicros.toFixed(0)} µs`
  console.log(`full ${shown(full)}   bare ${shown(bare)}`)
}
const median = (values: number[]) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!
console.log(`answers in a second ${median(ratios.map(({ rate }) => rate)).toFixed(2)} of bare (wanted: 0.7)`)
console.log(`by processor time   ${median(ratios.map(({ cpu }) => cpu)).toFixed(2)}, which other programs disturb less`)

for (const { child, pool } of Object.values(servers)) {
  await pool.close()
  child.disconnect()
  await once(child, 'exit')
}
around.closeAllConnections()
around.close()
await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
await admin.end()
await postgres.release()

async function start(kind: 'full' | 'bare') {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [kind], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      EVENTS_DATABASE_URL: databaseUrl,
      PUBLIC_URL: 'http://bench.example',
      SSO_URL: aroundUrl,
      FILES_URL: aroundUrl,
      TOKEN_ISSUER: issuer,
      CLIENT_SECRET: 'none is needed here',
      OTEL_EXPORTER_OTLP_ENDPOINT: aroundUrl,
    },
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, pool: new Pool(`http://127.0.0.1:${port}`, { connections }) }
}

/** Answers in a second, and the microseconds of processor that each took, while every connection asks again at once. */
async function load({ child, pool }: Awaited<ReturnType<typeof start>>, ms: number) {
  const before = await used(child)
  const until = performance.now() + ms
  let answers = 0
  const ask = async () => {
    while (performance.now() < until) {
      const { statusCode, body } = await pool.request({
        path: '/cart/v1/cart',
        method: 'GET',
        headers: { authorization: `Bearer ${token}` },
      })
      if (statusCode !== 200) throw new Error(`${statusCode} ${await body.text()}`)
      await body.dump()
      answers++
    }
  }
  await Promise.all(Array.from({ length: connections }, ask))
  return { perSecond: (answers * 1_000) / ms, cpuMicros: ((await used(child)) - before) / answers }
}

/** Processor time of the server so far, in microseconds. */
async function used(child: ChildProcess): Promise<number> {
  child.send('cpu')
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage]
  return user + system
}

/** Three products in the cart of somebody, whose id is answered. */
async function filledCart(): Promise<string> {
  const pool = new TransactionPool({ connectionString: databaseUrl })
  const [buyer, cartId] = [newId(), newId()]
  await pool.query(
    `INSERT INTO carts (id, user_id, status, version, currency, ended_payments, created_at, updated_at)
     VALUES ($1, $2, 'open', 1, 'USD', '{}', now(), now())`,
    [cartId, buyer],
  )
  for (let position = 1; position <= 3; position++) {
    const product = newId()
    await pool.query(
      `INSERT INTO products (id, title, description, price_amount, price_currency, available, created_at, updated_at)
       VALUES ($1, 'A thing', 'Of some use', 1450, 'USD', true, now(), now())`,
      [product],
    )
    await pool.query('INSERT INTO cart_lines (cart_id, product_id, position, quantity) VALUES ($1, $2, $3, 2)', [
      cartId,
      product,
      position,
    ])
  }
  await pool.end()
  return buyer
}
