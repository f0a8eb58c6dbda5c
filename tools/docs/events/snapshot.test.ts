import { Type, type TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { readCatalog } from './catalog.ts'
import { checkContracts, judge, type Snapshot } from './snapshot.ts'

const event = (type: string, data: TSchema) => ({ type, data })
const v1 = Type.Object({ orderId: Type.String() })
const recorded = JSON.parse(JSON.stringify({ 'shop.order.paid.v1': v1, 'shop.order.sent.v1': v1 })) as Snapshot
const sent = event('shop.order.sent.v1', v1)
const owners = new Set(['shop'])

test('a change that consumers do not notice is recorded', () => {
  const more = Type.Object({ ...v1.properties, gift: Type.Optional(Type.Boolean()) })
  const { snapshot, broken } = judge(
    recorded,
    [event('shop.order.paid.v1', more), sent, event('shop.order.void.v1', v1)],
    owners,
  )
  expect(broken).toEqual([])
  expect(Object.keys(snapshot)).toEqual(['shop.order.paid.v1', 'shop.order.sent.v1', 'shop.order.void.v1'])
  expect(snapshot['shop.order.paid.v1']).toEqual(JSON.parse(JSON.stringify(more)))
})

test('a change that breaks them is told, with what to do instead', () => {
  const { broken } = judge(recorded, [event('shop.order.paid.v1', Type.Object({ id: Type.String() })), sent], owners)
  const instead =
    '\n    Leave shop.order.paid.v1 as it is; declare shop.order.paid.v2 with an upcaster from it (docs/guides/events.md#changing-an-event).'
  expect(broken).toEqual([
    `shop.order.paid.v1 /orderId: the field is gone; consumers that read it find nothing.${instead}`,
    `shop.order.paid.v1 /id: is new and required; events without it are still on their way.${instead}`,
  ])
})

test('an event that is declared no more is told, unless its whole service went', () => {
  expect(judge(recorded, [sent], owners).broken).toEqual([
    expect.stringMatching(/^shop.order.paid.v1 is no longer declared.\n.*events.snapshot.json/),
  ])
  expect(judge(recorded, [], new Set(['cart']))).toEqual({ snapshot: {}, broken: [] })
})

test('the contracts of this repository break nobody', async () => {
  const { events } = await readCatalog()
  expect(checkContracts(events).broken).toEqual([])
})
