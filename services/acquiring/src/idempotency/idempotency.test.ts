import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { look, pay, payments, shopper, stranger, tick } from '../testing/paying.ts'
import { problem } from '@slipway/testing'
import { minute, sampleId, usd } from '../testing/samples.ts'
import { test, withNeighbours } from '../testing/test.ts'
import { PruneKeys } from './prune-keys.job.ts'
import { fingerprintOf } from './answer-once.ts'
import { AttemptLost } from './errors.ts'
import type { Shop } from '../testing/shop.ts'

const impatient = withNeighbours({ IDEMPOTENCY_WAIT_MS: '200' })
const hour = 60 * minute

/** Twice S2S_TIMEOUT_MS, which is two minutes in tests. */
const leaseMs = 4 * minute

const claimed = async ({ idempotency }: Deps, shop: Shop) => {
  const fingerprint = fingerprintOf('POST', payments, { cartId: shop.cartId })
  const claim = await idempotency.claim({ callerId: shopper.id, key: 'key-1', fingerprint })
  if (claim.kind !== 'attempt') throw new Error(claim.kind)
  return claim.attempt
}

test.fresh(
  'fifty equal requests at once make one payment, one page and one answer',
  async ({ api, shop, bank, deps }) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => pay(api, shop)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(bank.calls).toEqual(['POST /v1/pages'])
    expect(shop.calls).toHaveLength(1)
    expect((await deps.database.sql.query('SELECT FROM payments')).rows).toHaveLength(1)
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(49)
  },
)

test('an answer is kept for 24 hours, whatever has become of the payment', async ({ api, shop, bank, clock }) => {
  const first = await pay(api, shop)
  await bank.tells(api, bank.becomes(first.json.id, 'paid'))
  expect(await look(api, first.json.id)).toMatchObject({ status: 'captured' })
  clock.advance(24 * hour - minute)
  expect(await pay(api, shop)).toMatchObject({ status: 201, text: first.text })

  shop.lockedTo = undefined // paid long ago; the shopper has another cart now
  clock.advance(2 * minute)
  const later = await pay(api, shop)
  expect(later.status).toBe(201)
  expect(later.json.id).not.toBe(first.json.id)
})

test('a refusal is kept word for word', async ({ api, shop }) => {
  shop.refusal = { status: 409, problem: { code: 'CART_EMPTY' } }
  const first = await pay(api, shop)
  shop.refusal = undefined
  const again = await pay(api, shop)
  expect(again).toMatchObject({
    status: 409,
    text: first.text,
    headers: { 'content-type': first.headers['content-type'] },
  })
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' })
})

test('a key belongs to one request', async ({ api, shop }) => {
  await pay(api, shop)
  const other = await pay(api, shop, 'key-1', { cartId: sampleId(101) })
  expect(other).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED', payments))
})

test('also when the first try died', async ({ api, shop, deps, clock }) => {
  await claimed(deps, shop)
  clock.advance(leaseMs)
  const other = await pay(api, shop, 'key-1', { cartId: sampleId(101) })
  expect(other).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED', payments))
})

test('and to one caller', async ({ api, shop }) => {
  const first = await pay(api, shop)
  shop.lockedTo = undefined
  const other = await pay(api, shop, 'key-1', { cartId: sampleId(101) }, stranger)
  expect(other.status).toBe(201)
  expect(other.json.id).not.toBe(first.json.id)
})

test('the order of the body’s fields makes no difference, nothing else makes none', () => {
  const print = (body: unknown) => fingerprintOf('POST', '/', body)
  expect(print({ a: 1, b: { c: [2, { e: 1, d: 2 }] } })).toBe(print({ b: { c: [2, { d: 2, e: 1 }] }, a: 1 }))
  expect(print({ a: [1, 2] })).not.toBe(print({ a: [2, 1] }))
  expect(print({ a: 1 })).not.toBe(fingerprintOf('POST', '/other', { a: 1 }))
})

impatient('a twin that runs too long is not waited for', async ({ api, shop, deps }) => {
  await claimed(deps, shop)
  const answer = await pay(api, shop)
  expect(answer).toMatchObject(problem(409, 'IDEMPOTENCY_KEY_IN_USE', payments))
  expect(answer.headers['retry-after']).toBe('2')
  expect(shop.calls).toEqual([])
})

test('a twin is waited for', async ({ api, shop, deps }) => {
  const attempt = await claimed(deps, shop)
  const waiting = pay(api, shop)
  await deps.idempotency.answer(attempt, { status: 201, body: sample })
  expect(await waiting).toMatchObject({ status: 201, json: sample })
})

test('an attempt that died is taken over, and finds out if it did not die', async ({ api, shop, deps, clock }) => {
  const dead = await claimed(deps, shop)
  clock.advance(leaseMs)
  const { status, json } = await pay(api, shop)
  expect(status).toBe(201)
  await expect(deps.idempotency.hold(dead)).rejects.toThrow(AttemptLost)
  await expect(deps.idempotency.answer(dead, { status: 201, body: sample })).rejects.toThrow(AttemptLost)
  expect((await pay(api, shop)).json).toEqual(json)
})

test('an attempt that lives is not taken over', async ({ shop, deps, clock }) => {
  const attempt = await claimed(deps, shop)
  clock.advance(leaseMs - 1_000)
  await deps.idempotency.hold(attempt)
  clock.advance(leaseMs - 1_000)
  await expect(claimed(deps, shop)).rejects.toThrow('running')
})

test('old keys are forgotten, running ones and young ones are not', async ({ api, shop, deps, clock }) => {
  await pay(api, shop, 'old')
  clock.advance(24 * hour - minute)
  await pay(api, shop, 'young')
  clock.advance(2 * minute)
  await tick(new PruneKeys(deps), deps)
  const { rows } = await deps.database.sql.query('SELECT key FROM idempotency_keys')
  expect(rows).toEqual([{ key: 'young' }])
})

const sample = {
  id: sampleId(1),
  cartId: sampleId(100),
  status: 'requires_action',
  amount: usd(7_800),
  createdAt: '2026-01-01T00:00:00.000Z',
}
