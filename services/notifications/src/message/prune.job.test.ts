import { EmailVerificationRequested } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { email, link, person } from '../testing/samples.ts'
import { outbox, sendDue } from '../testing/sending.ts'
import { test } from '../testing/test.ts'
import { Prune } from './prune.job.ts'

const day = 86_400_000
const prune = (deps: Deps) => new Prune(deps).run({ signal: new AbortController().signal })
const statuses = async ({ messages }: Deps) => (await messages.list(10, {})).map(({ status }) => status)

test('messages that were settled long ago go, with their mails; who waits is kept', async ({ deps, events, clock }) => {
  await events.deliver(EmailVerificationRequested, link())
  await sendDue(deps)
  await events.deliver(EmailVerificationRequested, link('later'))
  const failing = outbox(() => {
    throw new Error('450 later')
  })
  await sendDue(deps, failing)

  clock.advance(90 * day)
  await prune(deps)
  expect(await statuses(deps)).toEqual(['waiting', 'sent'])

  clock.advance(1)
  await prune(deps)
  expect(await statuses(deps)).toEqual(['waiting'])
  expect(await deps.mailbox.list(10, {})).toEqual([])
})

test('an erasure is remembered for as long as its events may come', async ({ deps, clock }) => {
  const isAsked = () => deps.transaction(({ erasures }) => erasures.isAsked(person.id))
  await deps.transaction(({ erasures }) => erasures.ask(person.id))
  clock.advance(400 * day)
  await prune(deps)
  expect(await isAsked()).toBe(true)
  clock.advance(1)
  await prune(deps)
  expect(await isAsked()).toBe(false)
})

test('however many they are', async ({ deps, clock }) => {
  await deps.database.sql.query(
    `INSERT INTO messages (id, event_id, template, channel, address, user_id, status, attempts, due_at, created_at)
     SELECT gen_random_uuid(), gen_random_uuid(), 'receipt', 'email', $1, $2, 'sent', 1, $3, $3
     FROM generate_series(1, 2001)`,
    [email, person.id, clock.now()],
  )
  clock.advance(91 * day)
  await prune(deps)
  expect(await statuses(deps)).toEqual([])
})
