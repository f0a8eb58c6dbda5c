import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { dataFolder, Platform } from '../src/testing/platform.ts'
import { Shopper } from '../src/testing/shopper.ts'

/**
 * How fast checkouts are, and whether it matters how many payments there have been: checkouts a second with everything
 * (until the cart is paid), and POST /payments alone with nobody else about, before and after many payments are there.
 *   node deploy/all-in-one/drills/payments.ts [existing = 1000000] [samples = 200] [seconds = 20] [at once = 8]
 */
const [existing = 1_000_000, samples = 200, seconds = 20, atOnce = 8] = process.argv.slice(2).map(Number)

/** Captured long ago, as most are, each with its history; a hundred of each user. Ids rise with time, as real ones do. */
const insert = `
  SET session_replication_role = replica;
  CREATE TEMPORARY TABLE old AS
    SELECT (lpad(to_hex(1700000000000 + n * 30), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid AS id,
      (lpad(to_hex(n / 100), 12, '0') || '70008' || lpad('', 15, '0'))::uuid AS user_id,
      to_timestamp((1700000000000 + n * 30) / 1000.0) AS at
    FROM generate_series(1, ${existing}::bigint) n;
  INSERT INTO payments (id, user_id, cart_id, provider, provider_id, amount, currency, captured, status, version,
                        expires_at, authorized_until, created_at)
    SELECT id, user_id, id, 'sandbox-bank', id::text, 1000, 'USD', 1000, 'captured', 3, at, at, at FROM old;
  INSERT INTO payment_history (payment_id, version, status, cause, at) SELECT id, 1, 'created', 'checkout', at FROM old;
  INSERT INTO idempotency_keys (caller_id, key, fingerprint, attempt_id, leased_until, created_at)
    SELECT user_id::text, id::text, repeat('0', 64), id, now(), now() FROM old;
  ANALYZE`

const { dataDir, remove } = dataFolder()
const env = { REGISTRATIONS_PER_MINUTE: '100000', MAX_EVENT_LOOP_DELAY_MS: '0' }
const platform = Platform.launch({ dataDir, env })
const url = await platform.ready()

/** One checkout until the cart is paid; how long POST /payments took, in milliseconds. */
async function checkout(shopper: Shopper): Promise<number> {
  const cart = await shopper.fillCart()
  const begun = performance.now()
  const { status, json } = await shopper.pay(cart.id)
  const took = performance.now() - begun
  if (status !== 201) throw new Error(`No payment: ${JSON.stringify(json)}`)
  await shopper.payAtBank(json)
  while ((await shopper.send('GET', `/cart/v1/carts/${cart.id}`)).json.status !== 'paid') await pause(5)
  return took
}

async function shopperWhoIsIn() {
  const shopper = new Shopper(url)
  await shopper.register()
  await shopper.logIn()
  return shopper
}

async function oneByOne() {
  const shopper = await shopperWhoIsIn()
  const took: number[] = []
  for (let sample = -20; sample < samples; sample++) {
    const ms = await checkout(shopper)
    if (sample >= 0) took.push(ms)
  }
  const sorted = took.toSorted((left, right) => left - right)
  const at = (share: number) => sorted[Math.min(samples - 1, Math.floor(samples * share))]!
  return { p50: at(0.5), p99: at(0.99) }
}

async function manyAtOnce() {
  const shoppers = await Promise.all(Array.from({ length: atOnce }, shopperWhoIsIn))
  const until = performance.now() + seconds * 1_000
  let checkouts = 0
  await Promise.all(
    shoppers.map(async (shopper) => {
      for (; performance.now() < until; checkouts++) await checkout(shopper)
    }),
  )
  return checkouts / seconds
}

async function fill() {
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  const { POSTGRES_PASSWORD } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >
  const client = new pg.Client(`postgresql://postgres:${POSTGRES_PASSWORD}@127.0.0.1:${port}/acquiring`)
  await client.connect()
  await client.query(insert)
  await client.query('CHECKPOINT')
  await client.end()
}

const round = (value: number) => Math.round(value * 10) / 10
const say = (when: string, { p50, p99 }: { p50: number; p99: number }) =>
  console.log(`POST /payments with ${when}: p50 ${round(p50)} ms, p99 ${round(p99)} ms`)
try {
  console.log(`checkouts a second, ${atOnce} at once: ${round(await manyAtOnce())}`)
  const before = await oneByOne()
  say('no payments but these', before)
  await fill()
  const after = await oneByOne()
  say(`${existing} payments`, after)
  console.log(`ratio of p50: ${Math.round((after.p50 / before.p50) * 100) / 100}`)
} finally {
  await platform.stop()
  remove()
}
