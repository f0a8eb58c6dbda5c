import { PaymentCaptured } from '@slipway/contracts/acquiring'
import { EmailVerificationRequested, PasswordResetRequested, UserRegistered } from '@slipway/contracts/sso'
import { service, user } from '@slipway/testing'
import { expect } from 'vitest'
import { captured, email, link, person, registered, sampleId } from '../testing/samples.ts'
import { sendDue } from '../testing/sending.ts'
import { limited, test } from '../testing/test.ts'

const support = user({ permissions: ['notifications:read'] })
const mailbox = `/notifications/v1/mailbox?to=${email}`

test('a verification mail goes out with its link, and the token is kept nowhere', async ({
  api,
  deps,
  events,
  logs,
}) => {
  await events.deliver(EmailVerificationRequested, link('secret-of-jo'))
  expect((await api.get(mailbox)).json.items).toEqual([])
  await sendDue(deps)
  expect(logs.text).not.toContain('secret-of-jo')
  const [mail] = (await api.get(mailbox)).json.items
  expect(mail).toMatchObject({ to: email, subject: 'Confirm your address for Slipway' })
  expect(mail.text).toContain('http://slipway.test/verify-email#token=secret-of-jo')
  expect(mail.html).toContain('href="http://slipway.test/verify-email#token=secret-of-jo"')

  const { items } = (await api.as(support).get('/notifications/v1/notifications')).json
  expect(items).toMatchObject([
    { userId: person.id, template: 'verification', status: 'sent', attempts: 1, address: email },
  ])
  const { rows } = await deps.database.sql.query('SELECT data FROM messages')
  expect(rows).toEqual([{ data: null }])
})

test('a password mail leads to the page for it', async ({ api, deps, events }) => {
  await events.deliver(PasswordResetRequested, link('a b'))
  await sendDue(deps)
  const [mail] = (await api.get(mailbox)).json.items
  expect(mail.text).toContain('http://slipway.test/reset-password#token=a%20b')
})

test('an event that comes twice brings one mail', async ({ api, deps, events }) => {
  const event = { ...link(), id: sampleId(500) }
  expect(await events.deliver(EmailVerificationRequested, event)).toEqual({ 'send-verification': 'done' })
  expect(await events.deliver(EmailVerificationRequested, event)).toEqual({ 'send-verification': 'duplicate' })
  await sendDue(deps)
  await sendDue(deps)
  expect((await api.get(mailbox)).json.items).toHaveLength(1)
})

test('a receipt waits until it is told whose address it goes to', async ({ api, deps, events }) => {
  await expect(events.deliver(PaymentCaptured, captured)).rejects.toThrow('No event has told the address')
  await events.deliver(UserRegistered, registered)
  await events.deliver(PaymentCaptured, captured)
  await sendDue(deps)
  const [mail] = (await api.get(mailbox)).json.items
  expect(mail).toMatchObject({ subject: 'Your receipt from Slipway: $78.00' })
  expect(mail.text).toContain(captured.data.paymentId)
})

test('receipts come by the channels that the user wants', async ({ api, deps, events }) => {
  await events.deliver(UserRegistered, registered)
  const wanted = { receipts: ['sms', 'push'], phone: '+4915112345678', pushToken: null }
  await api.as(person).patch('/notifications/v1/preferences', wanted)
  await events.deliver(PaymentCaptured, captured)
  await sendDue(deps)
  const { items } = (await api.as(support).get('/notifications/v1/notifications')).json
  expect(items).toMatchObject([{ channel: 'sms', address: '+4915112345678', status: 'sent' }])
  expect((await api.get(mailbox)).json.items).toEqual([])

  await api.as(person).patch('/notifications/v1/preferences', { receipts: [] })
  await events.deliver(PaymentCaptured, captured)
  expect((await api.as(support).get('/notifications/v1/notifications')).json.items).toHaveLength(1)
})

test('an older event does not bring an older address back', async ({ deps, events }) => {
  await events.deliver(EmailVerificationRequested, link())
  const before = new Date('2026-01-01T00:00:00Z')
  await deps.transaction((tx) => tx.recipients.remember(person.id, 'old@example.com', before))
  expect(await deps.recipients.find(person.id)).toMatchObject({ email })
})

limited.fresh(
  'an address is sent so many an hour, also when they are asked for at once',
  async ({ api, deps, events, clock }) => {
    await Promise.all(['a', 'b', 'c', 'd'].map((token) => events.deliver(EmailVerificationRequested, link(token))))
    await sendDue(deps)
    expect((await api.get(mailbox)).json.items).toHaveLength(2)
    const { items } = (await api.as(support).get(`/notifications/v1/notifications?address=${email}`)).json
    expect(items.map(({ status }: { status: string }) => status).sort()).toEqual(['limited', 'limited', 'sent', 'sent'])
    clock.advance(3_600_001)
    await events.deliver(EmailVerificationRequested, link('e'))
    await sendDue(deps)
    expect((await api.get(mailbox)).json.items).toHaveLength(3)
  },
)

test('what was sent is for support', async ({ api }) => {
  expect((await api.as(person).get('/notifications/v1/notifications')).status).toBe(403)
  expect((await api.as(service('cart')).get('/notifications/v1/notifications')).status).toBe(403)
})
