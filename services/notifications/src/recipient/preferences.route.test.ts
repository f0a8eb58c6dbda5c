import { UserRegistered } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import { email, person, registered } from '../testing/samples.ts'
import { test } from '../testing/test.ts'

const path = '/notifications/v1/preferences'
const usual = { receipts: ['email'], phone: null, pushToken: null }

test('receipts come by e-mail until the user says otherwise', async ({ api, deps, events }) => {
  expect((await api.as(person).get(path)).json).toEqual(usual)
  const changed = { receipts: ['email', 'push'], phone: null, pushToken: 'device-1' }
  const { receipts, pushToken } = changed
  expect(await api.as(person).patch(path, { receipts, pushToken })).toMatchObject({ status: 200, json: changed })
  await events.deliver(UserRegistered, registered)
  expect((await api.as(person).get(path)).json).toEqual(changed)
  expect(await deps.recipients.find(person.id)).toMatchObject({ email })
})

test('what is no preference is refused', async ({ api }) => {
  const refused = [
    {},
    { receipts: ['fax'] },
    { receipts: ['sms', 'sms'] },
    { phone: '0151' },
    { email: 'x@example.com' },
  ]
  for (const body of refused) expect((await api.as(person).patch(path, body)).status, JSON.stringify(body)).toBe(400)
  expect((await api.as(person).get(path)).json).toEqual(usual)
})
