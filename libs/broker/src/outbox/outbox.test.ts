import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import pg from 'pg'
import { OrderShipped, orderId, shipped } from '../testing/events.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { outboxChannel } from './channel.ts'
import { createOutbox, InvalidEvent } from './outbox.ts'

const id = '0196a3b0-0000-7000-8000-00000000000e'
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const outbox = createOutbox({
  source: 'shop',
  traceparent: () => traceparent,
  now: () => new Date('2030-01-02T03:04:05.678Z'),
  newId: () => id,
})

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase()
})
beforeEach(() => database.pool.query('TRUNCATE messaging.outbox'))
afterAll(() => database.drop())

const rows = async () =>
  (await database.pool.query('SELECT id, type, event, state, attempts FROM messaging.outbox')).rows

test('an event is in the outbox as a CloudEvents envelope, in the words of its emitter', async () => {
  await outbox.emit(database.pool, { ...shipped(2), version: 7 })
  const event = {
    specversion: '1.0',
    id,
    type: 'shop.order.shipped.v1',
    source: 'shop',
    subject: orderId,
    time: '2030-01-02T03:04:05.678Z',
    traceparent,
    datacontenttype: 'application/json',
    aggregateversion: 7,
    data: { orderId, parcels: 2 },
  }
  expect(await rows()).toEqual([{ id, type: 'shop.order.shipped.v1', event, state: 'waiting', attempts: 0 }])
})

test('what was emitted in a transaction that rolls back was never emitted; NOTIFY comes with the commit', async () => {
  const listener = new pg.Client({ connectionString: database.url })
  const client = await database.pool.connect()
  let heard = 0
  await listener.connect()
  listener.on('notification', () => heard++)
  await listener.query(`LISTEN ${outboxChannel}`)
  try {
    await client.query('BEGIN')
    await outbox.emit(client, shipped())
    await client.query('ROLLBACK')
    await listener.query('SELECT 1')
    expect([await rows(), heard]).toEqual([[], 0])

    await client.query('BEGIN')
    await outbox.emit(client, shipped(1))
    await outbox.emit(client, shipped(2))
    await listener.query('SELECT 1')
    expect(heard).toBe(0)
    await client.query('COMMIT')
    await listener.query('SELECT 1')
    expect([(await rows()).length, heard]).toEqual([2, 1])
  } finally {
    client.release()
    await listener.end()
  }
})

test('data that does not fit its schema is refused, and the refusal shows where but not what', async () => {
  const emit = (data: object) => outbox.emit(database.pool, { on: OrderShipped, subject: orderId, data: data as never })
  const secret = 'hunter2'
  await expect(emit({ orderId: secret, parcels: 1 })).rejects.toThrow(
    new InvalidEvent('The data of shop.order.shipped.v1 does not fit its schema: /orderId must match format "uuid"'),
  )
  await expect(emit({ orderId, parcels: 1, more: 1 })).rejects.toThrow(/additional/)
  expect(await rows()).toEqual([])
})
