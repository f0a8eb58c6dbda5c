import { UserRegistered } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import { email, person, registered } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { waiters } from '../testing/waiting.ts'

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

test.fresh('of two changes at once neither undoes the other', async ({ api, deps }) => {
  const patch = (changes: object) => api.as(person).patch(path, changes)
  await patch({ receipts: ['sms', 'push'] })
  const locked = Promise.withResolvers<void>()
  const holding = deps.transaction(async (_, sql) => {
    await sql.query('SELECT FROM recipients FOR UPDATE')
    locked.resolve()
    await waiters(sql, 2)
  })
  await locked.promise
  await Promise.all([patch({ phone: '+4915112345678' }), patch({ pushToken: 'device-1' }), holding])
  expect((await api.as(person).get(path)).json).toEqual({
    receipts: ['sms', 'push'],
    phone: '+4915112345678',
    pushToken: 'device-1',
  })
})

test.fresh('nor do two first ones', async ({ api }) => {
  const changes = [{ receipts: [] }, { phone: '+4915112345678' }, { pushToken: 'device-1' }]
  const answers = await Promise.all(changes.map((change) => api.as(person).patch(path, change)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await api.as(person).get(path)).json).toEqual(Object.assign({}, ...changes))
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
