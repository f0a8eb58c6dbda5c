import { PaymentCaptured } from '@slipway/contracts/acquiring'
import { EmailVerificationRequested, PasswordResetRequested, UserDeleted, UserRegistered } from '@slipway/contracts/sso'
import type { Events } from '@slipway/testing'
import { expect } from 'vitest'
import { Undeliverable } from '../channel/channel.ts'
import type { Deps } from '../deps.ts'
import { captured, email, link, person, registered } from '../testing/samples.ts'
import { outbox, sendDue } from '../testing/sending.ts'
import { test } from '../testing/test.ts'
import { waiters } from '../testing/waiting.ts'

const preferences = '/notifications/v1/preferences'
const erase = (events: Events) => events.deliver(UserDeleted, { subject: person.id, data: { userId: person.id } })
const refuse = () => {
  throw new Undeliverable('550 no such user')
}

/** All that is kept about people. */
const kept = async (deps: Deps) => ({
  recipient: await deps.recipients.find(person.id),
  messages: await deps.messages.list(10, {}),
  mails: await deps.mailbox.list(10, {}),
  suppressed: await deps.transaction((tx) => tx.suppressions.list()),
})
const nothing = { recipient: undefined, messages: [], mails: [], suppressed: [] }

test('who erased themselves leaves nothing', async ({ deps, events }) => {
  await events.deliver(EmailVerificationRequested, link())
  await sendDue(deps)
  await events.deliver(EmailVerificationRequested, link('refused'))
  await sendDue(deps, outbox(refuse))
  await events.deliver(PasswordResetRequested, link())
  await erase(events)
  await sendDue(deps)
  expect(await kept(deps)).toEqual(nothing)
})

test('what comes afterwards brings nothing back, and nobody a mail', async ({ api, deps, events }) => {
  await events.deliver(UserRegistered, registered)
  await erase(events)

  await events.deliver(UserRegistered, registered)
  await events.deliver(EmailVerificationRequested, link())
  await events.deliver(PasswordResetRequested, link())
  expect(await events.deliver(PaymentCaptured, captured)).toEqual({ 'send-receipt': 'done' })
  expect(await api.as(person).patch(preferences, { phone: '+4915112345678' })).toMatchObject({
    status: 404,
    json: { code: 'USER_NOT_FOUND' },
  })

  expect(await kept(deps)).toEqual(nothing)
})

test('nor does the answer of a mail server', async ({ deps, events }) => {
  await events.deliver(EmailVerificationRequested, link())
  const slow = outbox(async () => {
    await erase(events)
    refuse()
  })
  await sendDue(deps, slow)
  expect(await kept(deps)).toEqual(nothing)
})

test.fresh('what is about to be kept when somebody erases themselves goes as well', async ({ deps, events }) => {
  const asked = Promise.withResolvers<void>()
  const keeping = deps.transaction(async (tx, sql) => {
    expect(await tx.erasures.isAsked(person.id)).toBe(false)
    asked.resolve()
    await waiters(sql, 1)
    await tx.recipients.remember(person.id, email, deps.clock.now())
  })
  await asked.promise
  await Promise.all([erase(events), keeping])
  expect(await kept(deps)).toEqual(nothing)
})

test.fresh('what comes while somebody erases themselves waits for that', async ({ api, deps, events }) => {
  const asked = Promise.withResolvers<void>()
  const erasing = deps.transaction(async (tx, sql) => {
    await tx.erasures.ask(person.id)
    asked.resolve()
    await waiters(sql, 2)
  })
  await asked.promise
  const [{ status }] = await Promise.all([
    api.as(person).patch(preferences, { phone: '+4915112345678' }),
    events.deliver(EmailVerificationRequested, link()),
    erasing,
  ])
  expect(status).toBe(404)
  expect(await kept(deps)).toEqual(nothing)
})
