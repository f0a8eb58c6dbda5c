import { allowNetwork } from '@slipway/testing'
import Stripe from 'stripe'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { created, sampleId, usd } from '../../testing/samples.ts'
import { ProviderRefused, ProviderUnclear } from '../errors.ts'
import { StripeProvider } from './stripe.provider.ts'
import { secretKey, StripeDouble } from './testing/stripe-double.ts'

const double = new StripeDouble()
const url = await double.listen()
const { hostname: host, port } = new URL(url)
const close = allowNetwork(url)
afterAll(() => {
  double.close()
  close()
})
beforeEach(() => double.forget())

const httpClient = Stripe.createFetchHttpClient()
const client = new Stripe(secretKey, { protocol: 'http', host, port, httpClient, maxNetworkRetries: 0 })
const releasedAt = (returnUrl: string) =>
  new StripeProvider({ client, returnUrl, webhookSecrets: [], close: async () => {} })
const provider = releasedAt('https://shop.example')

/** Stripe fails, and says so again whenever it is asked with the same key. */
async function fails(call: () => Promise<unknown>, { act = false } = {}) {
  double.trouble = { status: 500, act, only: 'POST' }
  await expect(call()).rejects.toThrow(ProviderUnclear)
  double.trouble = undefined
}

const posts = (path: string) => double.calls.filter((call) => call.startsWith('POST') && call.endsWith(path))

test.for([
  ['nothing was made', false],
  ['a page was made that nobody was told of', true],
] as const)('a payment whose opening failed for good is opened once all the same: %s', async ([, act]) => {
  await fails(() => provider.open(created), { act })
  const opened = await provider.open(created)
  expect(opened).toMatchObject({ status: 'open', reference: created.id })
  expect(await provider.open(created)).toEqual(opened)
  expect(await provider.find(created)).toEqual(opened)
  expect(await provider.cancel(created)).toMatchObject({ id: opened.id, status: 'canceled' })
})

test('one that fails however often it is opened is known by nobody, and can be given up', async () => {
  for (let key = 1; key <= 5; key++) await fails(() => provider.open(created))
  await expect(provider.open(created)).rejects.toThrow(ProviderUnclear)
  expect(await provider.find(created)).toBeUndefined()
  expect(await provider.cancel(created)).toBeUndefined()
  expect(double.sessions.size).toBe(0)
})

test('one that Stripe will not open can be given up', async () => {
  const nothing = { ...created, amount: usd(0) }
  await expect(provider.open(nothing)).rejects.toThrow(ProviderRefused)
  expect(await provider.find(nothing)).toBeUndefined()
  expect(await provider.cancel(nothing)).toBeUndefined()
})

test('a page opened before the address of the platform changed is found, among others', async () => {
  const opened = await provider.open(created)
  for (const number of [11, 12, 13]) await provider.open({ ...created, id: sampleId(number) })
  const next = releasedAt('https://new.example')
  expect(await next.open(created)).toEqual(opened)
  expect(await next.find(created)).toEqual(opened)
  expect(await next.cancel(created)).toMatchObject({ id: opened.id, status: 'canceled' })
  expect(double.sessions.size).toBe(4)
})

test('one that failed before the address changed is not opened a second time: it can be given up', async () => {
  await fails(() => provider.open(created))
  const next = releasedAt('https://new.example')
  await expect(next.open(created)).rejects.toThrow(ProviderUnclear)
  expect(await next.cancel(created)).toBeUndefined()
  expect(double.sessions.size).toBe(0)
})

test.for([
  ['nothing was taken', false, 2],
  ['the money was taken', true, 1],
] as const)('a capture that failed is seen, or made by the next one: %s', async ([, act, calls]) => {
  const manual = { ...created, captureMode: 'manual' as const }
  const { id: providerId } = await provider.open(manual)
  double.pay(created.id)
  const payment = { ...manual, providerId, capturing: usd(5_000) }
  const before = posts('/capture').length
  await fails(() => provider.capture(payment), { act })
  expect(await provider.capture(payment)).toMatchObject({ status: 'paid', captured: usd(5_000) })
  expect(posts('/capture').length - before).toBe(calls)
})

test('money that is on its way and does not come is a decline, and nothing is left to cancel', async () => {
  const { id: providerId } = await provider.open(created)
  double.payLater(created.id)
  expect(await provider.find({ ...created, providerId })).toMatchObject({ status: 'open' })
  double.settleLater(created.id, 'insufficient_funds')
  const declined = { id: providerId, status: 'declined', declineCode: 'insufficient_funds' }
  expect(await provider.find({ ...created, providerId })).toMatchObject(declined)
  expect(await provider.cancel({ ...created, providerId })).toMatchObject(declined)
})
