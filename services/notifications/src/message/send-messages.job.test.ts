import { EmailVerificationRequested } from '@slipway/contracts/sso'
import { user, type Api } from '@slipway/testing'
import { expect } from 'vitest'
import { Undeliverable } from '../channel/channel.ts'
import { email, link } from '../testing/samples.ts'
import { outbox, sendDue } from '../testing/sending.ts'
import { test } from '../testing/test.ts'
import { maxAttempts } from './message.ts'

const support = user({ permissions: ['notifications:read'] })
const statuses = async (api: Api) =>
  (await api.as(support).get('/notifications/v1/notifications')).json.items.map(
    ({ status, attempts, error }: Record<string, unknown>) => ({ status, attempts, error }),
  )

test('what fails is tried again later, under the same id, and in the end given up', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const { taken, email } = outbox(() => {
    throw new Error('450 later')
  })
  await events.deliver(EmailVerificationRequested, link())
  await sendDue(deps, { email })
  await sendDue(deps, { email })
  expect(taken).toHaveLength(1)
  expect(await statuses(api)).toEqual([{ status: 'waiting', attempts: 1, error: '450 later' }])
  for (let attempt = 2; attempt <= maxAttempts; attempt++) {
    clock.advance(3_600_000)
    await sendDue(deps, { email })
  }
  expect(await statuses(api)).toEqual([{ status: 'failed', attempts: maxAttempts, error: '450 later' }])
  expect(new Set(taken.map(({ id }) => id)).size).toBe(1)
})

test('an address that is none is sent nothing any more', async ({ api, deps, events }) => {
  const { taken, email } = outbox(() => {
    throw new Undeliverable('550 no such user')
  })
  await events.deliver(EmailVerificationRequested, link())
  await sendDue(deps, { email })
  await events.deliver(EmailVerificationRequested, link('again'))
  await sendDue(deps, { email })
  expect(taken).toHaveLength(1)
  expect(await statuses(api)).toEqual([
    { status: 'suppressed', attempts: 0, error: null },
    { status: 'bounced', attempts: 1, error: '550 no such user' },
  ])
})

test('a link that has expired is not sent', async ({ api, deps, events, clock }) => {
  const { taken, email } = outbox()
  await events.deliver(EmailVerificationRequested, link('late', new Date(clock.now().getTime() + 1_000).toISOString()))
  clock.advance(1_000)
  await sendDue(deps, { email })
  expect(taken).toEqual([])
  expect(await statuses(api)).toEqual([{ status: 'expired', attempts: 1, error: null }])
})

test.fresh(
  'a message is taken by one sender, and by another only when the first is long gone',
  async ({ deps, events, clock }) => {
    await events.deliver(EmailVerificationRequested, link())
    const take = () => deps.transaction((tx) => tx.messages.takeDue(10))
    const both = await Promise.all([take(), take()])
    expect(both.flat()).toMatchObject([{ address: email, attempts: 1 }])
    expect(await take()).toEqual([])
    clock.advance(120_000)
    expect(await take()).toMatchObject([{ id: both.flat()[0]!.id, attempts: 2 }])
  },
)
