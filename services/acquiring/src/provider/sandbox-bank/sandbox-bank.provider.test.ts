import { expect } from 'vitest'
import { created, sampleId, usd } from '../../testing/samples.ts'
import { test } from '../../testing/test.ts'
import { ProviderRefused, ProviderUnclear } from '../errors.ts'

const refund = { id: sampleId(8), providerId: sampleId(7), amount: usd(100) }

test('opens one page for one payment, however often it is asked', async ({ deps, bank }) => {
  const { current } = deps.providers
  const opened = await current.open(created)
  expect(opened).toEqual({
    id: bank.page(created.id).id,
    reference: created.id,
    url: bank.page(created.id).url,
    amount: usd(7_800),
    status: 'open',
    declineCode: undefined,
  })
  expect(await current.open(created)).toEqual(opened)
  expect(bank.pages).toHaveLength(1)
})

test('finds a payment by our id or by its own; what it does not know is undefined', async ({ deps }) => {
  const { current } = deps.providers
  expect(await current.find(created)).toBeUndefined()
  expect(await current.cancel(created)).toBeUndefined()
  const opened = await current.open(created)
  expect(await current.find(created)).toEqual(opened)
  expect(await current.find({ ...created, providerId: opened.id })).toEqual(opened)
})

test('a payer at the confirmation page is still paying: the page can be canceled', async ({ deps, bank }) => {
  const { current } = deps.providers
  await current.open(created)
  bank.becomes(created.id, 'requires_confirmation')
  expect(await current.find(created)).toMatchObject({ status: 'open' })
  expect(bank.calls).not.toContain(`POST /v1/pages/${bank.page(created.id).id}/cancel`)
  await current.cancel(created)
  expect(bank.calls).toContain(`POST /v1/pages/${bank.page(created.id).id}/cancel`)
})

test('canceling what was paid tells that it was', async ({ deps, bank }) => {
  await deps.providers.current.open(created)
  bank.during = (call) => {
    if (call.endsWith('/cancel')) bank.becomes(created.id, 'paid')
  }
  expect(await deps.providers.current.cancel(created)).toMatchObject({ status: 'paid' })
})

test.for([
  [400, 'AMOUNT_NOT_POSITIVE', ProviderRefused],
  [409, 'REFUND_EXCEEDS_CHARGE', ProviderRefused],
  [422, 'IDEMPOTENCY_KEY_REUSED', ProviderRefused],
  [408, 'TIMEOUT', ProviderUnclear],
  [429, 'TOO_MANY_REQUESTS', ProviderUnclear],
  [401, 'API_KEY_REFUSED', ProviderUnclear],
  [500, 'INTERNAL', ProviderUnclear],
  [503, 'UNAVAILABLE', ProviderUnclear],
] as const)('%i %s tells whether it may be otherwise next time', async ([status, code, expected], { deps, bank }) => {
  for (const call of ['POST /v1/pages', 'POST /v1/refunds'])
    bank.refusals.set(call, { status, problem: { code }, offContract: true })
  await expect(deps.providers.current.open(created)).rejects.toThrow(expected)
  await expect(deps.providers.current.refund(refund)).rejects.toThrow(expected)
})

test('an answer that is not what was agreed says nothing', async ({ deps, bank }) => {
  bank.refusals.set('POST /v1/pages', { status: 201, json: { id: 'x' }, offContract: true })
  await expect(deps.providers.current.open(created)).rejects.toThrow(ProviderUnclear)
  bank.refusals.set('POST /v1/pages', { status: 404, offContract: true })
  await expect(deps.providers.current.open(created)).rejects.toThrow(ProviderUnclear)
})
