import { EmailVerificationRequested } from '@slipway/contracts/sso'
import { WrongCommand } from '@slipway/service-kit'
import { expect } from 'vitest'
import { Undeliverable } from '../channel/channel.ts'
import type { Deps } from '../deps.ts'
import { email, link } from '../testing/samples.ts'
import { outbox, sendDue } from '../testing/sending.ts'
import { test } from '../testing/test.ts'
import { AddressNotSuppressed, suppressionCommand } from './suppression.command.ts'

const run = (deps: Deps, line: string) => suppressionCommand(deps)(line.split(' '))

test('what was suppressed by mistake is listed, and mailed again once that is lifted', async ({ deps, events }) => {
  const refusing = outbox(() => {
    throw new Undeliverable('550-no such user\n550 ask us why')
  })
  await events.deliver(EmailVerificationRequested, link())
  await sendDue(deps, refusing)
  expect(await run(deps, 'list')).toEqual([`${email}  2026-01-15T12:00:00.000Z  550-no such user 550 ask us why`])

  expect(await run(deps, 'lift Jo@Example.com')).toEqual(['Jo@Example.com is sent messages again'])

  expect(await run(deps, 'list')).toEqual([])
  const working = outbox()
  await events.deliver(EmailVerificationRequested, link('again'))
  await sendDue(deps, working)
  expect(working.taken).toMatchObject([{ address: email }])
})

test('an address that is not suppressed and a wrong command are told', async ({ deps }) => {
  await expect(run(deps, `lift ${email}`)).rejects.toThrow(AddressNotSuppressed)
  for (const line of ['', 'lift', 'drop', 'list all', `lift ${email} ${email}`])
    await expect(run(deps, line)).rejects.toThrow(WrongCommand)
})
