import type { Logger } from '@slipway/observability'
import { CartPaid } from '@slipway/contracts/cart'
import { money } from '@slipway/contracts/primitives'
import { UserDeleted, UserRegistered } from '@slipway/contracts/sso'
import { serviceTest } from '@slipway/testing'
import { afterAll, beforeEach, expect } from 'vitest'
import { notifications } from '../app.ts'
import type { Deps } from '../deps.ts'
import { crmDouble, crmSecret } from '../testing/crm-double.ts'
import { email, person, registered, sampleId } from '../testing/samples.ts'
import { test as withoutCrm } from '../testing/test.ts'
import { SendNotices } from './send-notices.job.ts'

// #region double
const crm = await crmDouble()
const test = serviceTest(notifications.definition, {
  environment: { CRM_URL: crm.url, CRM_SIGNING_SECRET: crmSecret },
})
beforeEach(() => {
  crm.taken.clear()
  Object.assign(crm.state, { answers: 204, requests: 0, losesAnswer: false })
})
afterAll(() => void crm.close())
// #endregion

const logged: string[] = []
const write = (_about: object, line: string) => void logged.push(line)
const logger = { info: write, warn: write, error: write } as unknown as Logger
beforeEach(() => void (logged.length = 0))

const sendDue = ({ crm, ...deps }: Deps) =>
  new SendNotices({ ...deps, crm: crm! }).run({ tick: new Date(), signal: new AbortController().signal, logger })

const userEvent = { ...registered, id: sampleId(700) }
const contact = {
  type: 'contact.created',
  occurredAt: expect.any(String),
  data: { externalId: person.id, email, name: 'Jo' },
}
const cartId = sampleId(301)
const paidEvent = {
  subject: cartId,
  id: sampleId(701),
  data: { cartId, userId: person.id, paymentId: sampleId(300), total: money(7_800, 'USD') },
}

test('it is told of new users and paid carts, signed, each once', async ({ deps, events, network }) => {
  network.allow(crm.origin)
  expect(await events.deliver(UserRegistered, userEvent)).toMatchObject({ 'tell-crm': 'done' })
  expect(await events.deliver(UserRegistered, userEvent)).toMatchObject({ 'tell-crm': 'duplicate' })
  await events.deliver(CartPaid, paidEvent)
  expect(crm.state.requests).toBe(0) // nothing goes out before the commit
  await sendDue(deps)
  await sendDue(deps)
  expect(Object.fromEntries(crm.taken)).toEqual({
    [userEvent.id]: contact,
    [paidEvent.id]: {
      type: 'deal.won',
      occurredAt: expect.any(String),
      data: { externalId: cartId, contact: person.id, value: { amount: 7_800, currency: 'USD' } },
    },
  })
  expect(crm.state.requests).toBe(2)
})

// #region outage
test('after an outage it is told, at growing distances', async ({ clock, deps, events, network }) => {
  network.allow(crm.origin)
  await events.deliver(UserRegistered, userEvent)
  crm.state.answers = 503
  await sendDue(deps)
  await sendDue(deps) // not due yet
  expect(logged).toEqual([expect.stringContaining('could not be told contact.created: again at')])
  crm.state.answers = 204
  clock.advance(30_000)
  await sendDue(deps)
  expect([...crm.taken.values()]).toEqual([contact])
})
// #endregion

test('a lost answer brings the same notice again, and the CRM knows it by its id', async ({
  clock,
  deps,
  events,
  network,
}) => {
  network.allow(crm.origin)
  await events.deliver(UserRegistered, userEvent)
  crm.state.losesAnswer = true
  await sendDue(deps)
  crm.state.losesAnswer = false
  clock.advance(30_000)
  await sendDue(deps)
  expect(crm.state.requests).toBeGreaterThan(1)
  expect([...crm.taken.keys()]).toEqual([userEvent.id])
})

test('what it refuses is kept, said aloud once and not sent again', async ({ clock, deps, events, network }) => {
  network.allow(crm.origin)
  await events.deliver(UserRegistered, userEvent)
  crm.state.answers = 422
  await sendDue(deps)
  clock.advance(7 * 86_400_000)
  await sendDue(deps)
  expect(crm.state.requests).toBe(1)
  expect(logged).toEqual(['the CRM was not told contact.created, and is not going to be'])
  const { rows } = await deps.database.sql.query('SELECT due_at, error FROM crm_notices')
  expect(rows).toEqual([{ due_at: null, error: expect.stringContaining('BAD_UPSTREAM_RESPONSE') }])
})

test('who erased themselves is forgotten there, in whatever order the events come', async ({
  deps,
  events,
  network,
}) => {
  network.allow(crm.origin)
  await events.deliver(UserRegistered, userEvent)
  await events.deliver(UserDeleted, { subject: person.id, id: sampleId(702), data: { userId: person.id } })
  await sendDue(deps)
  await events.deliver(CartPaid, paidEvent)
  await sendDue(deps)
  expect([...crm.taken.values()]).toEqual([
    { type: 'contact.deleted', occurredAt: expect.any(String), data: { externalId: person.id } },
  ])
})

withoutCrm('without CRM_URL nobody is told anything', async ({ deps, events }) => {
  expect(await events.deliver(UserRegistered, userEvent)).not.toHaveProperty('tell-crm')
  expect(deps.crm).toBeUndefined()
})
