import { expect, test } from 'vitest'
import type { Fault } from '../fault/fault.ts'
import { planWebhook } from './webhook.ts'
import { nextAttempt } from './retry.ts'

const createdAt = new Date('2030-01-01T00:00:00.000Z')
const pageId = '0192f1d0-0000-7000-8000-000000000001'
const message = {
  id: '0192f1d0-0000-7000-8000-000000000002',
  type: 'page.paid',
  createdAt: createdAt.toISOString(),
  sequence: 1,
  data: {
    id: pageId,
    reference: 'r',
    amount: { amount: 1, currency: 'USD' },
    captured: { amount: 1_250, currency: 'USD' },
    refunded: { amount: 0, currency: 'USD' },
    status: 'paid' as const,
    url: `http://bank.test/sandbox-bank/pages/${pageId}`,
    createdAt: createdAt.toISOString(),
  },
}
const plan = (...faults: Fault[]) => planWebhook(pageId, message, faults)
const delayMs = (sequence: number, ...faults: Fault[]) =>
  planWebhook(pageId, { ...message, sequence }, faults).nextAttemptAt.getTime() - createdAt.getTime()

test('without faults a webhook goes out at once, in order, once', () => {
  expect(planWebhook(pageId, message, [], '00-trace')).toEqual({
    id: message.id,
    pageId,
    sequence: 1,
    type: 'page.paid',
    body: JSON.stringify(message),
    traceparent: '00-trace',
    ordered: true,
    state: 'pending',
    copies: 1,
    nextAttemptAt: createdAt,
    createdAt,
  })
})

test('faults hold back, double, mix up or swallow', () => {
  expect(plan('duplicate-webhook').copies).toBe(2)
  expect(plan('no-webhook').state).toBe('suppressed')
  expect(plan('webhooks-out-of-order').ordered).toBe(false)
  expect(delayMs(1, 'late-webhook')).toBe(60_000)
  expect([1, 2, 3].map((sequence) => delayMs(sequence, 'webhooks-out-of-order'))).toEqual([10_000, 0, 10_000])
})

test('the first retries come within two seconds, later ones ever later, for a day', () => {
  const waits = Array.from({ length: 16 }, (_, index) => nextAttempt(index + 1, createdAt, createdAt)!.getTime())
  const seconds = waits.map((time) => (time - createdAt.getTime()) / 1_000)
  expect(seconds.slice(0, 5)).toEqual([0.5, 1, 2, 4, 8])
  expect(seconds.at(-1)).toBe(1_800)
  const hours = (count: number) => new Date(createdAt.getTime() + count * 3_600_000)
  expect(nextAttempt(40, createdAt, hours(23))).toEqual(hours(23.5))
  expect(nextAttempt(40, createdAt, hours(24))).toBeUndefined()
})
