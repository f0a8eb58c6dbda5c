import { serviceTest } from '@slipway/testing'
import { expect } from 'vitest'
import { OrderPacked, packedBefore, StockCounted } from './events.ts'
import { warehouse } from './warehouse.ts'

const test = serviceTest(warehouse)
const productId = '01980000-0000-7000-9000-000000000001'
const orderId = '01980000-0000-7000-9000-000000000002'

// #region emit
test('what is announced goes out with the commit, and not without', async ({ deps, events }) => {
  const counted = StockCounted.create({ subject: productId, version: 7, data: { productId, quantity: 3 } })
  await deps.transaction(async (tx) => {
    await tx.sql.query('INSERT INTO stock VALUES ($1, 3, 7)', [productId])
    await tx.emit(counted)
  })
  expect(await events.emitted(StockCounted)).toEqual([
    { type: 'warehouse.stock.counted.v1', subject: productId, version: 7, data: { productId, quantity: 3 } },
  ])

  const failing = deps.transaction(async (tx) => {
    await tx.emit(counted)
    throw new Error('changed its mind')
  })
  await expect(failing).rejects.toThrow('changed its mind')
  expect(await events.emitted(StockCounted)).toHaveLength(1)
})
// #endregion

// #region later
test('an event for later waits in the outbox', async ({ deps }) => {
  const at = new Date('2100-01-01T09:00:00Z')
  await deps.transaction((tx) =>
    tx.emit(StockCounted.create({ subject: productId, data: { productId, quantity: 3 } }), { at }),
  )
  const { rows } = await deps.database.sql.query('SELECT due_at AS at FROM messaging.outbox')
  expect(rows).toEqual([{ at }])
})
// #endregion

// #region any-order-test
test('counts may come in any order, and twice', async ({ deps, events }) => {
  const count = (version: number, quantity: number) =>
    events.deliver(StockCounted, { subject: productId, version, data: { productId, quantity } })
  for (const [version, quantity] of [
    [2, 20],
    [3, 30],
    [1, 10],
    [3, 30],
  ] as const)
    await count(version, quantity)

  const { rows } = await deps.database.sql.query('SELECT quantity FROM stock')
  expect(rows).toEqual([{ quantity: 30 }])
})
// #endregion

const packed = (address: string[]) => ({ subject: orderId, data: { orderId, address } })
const shipments = async ({ sql }: { sql: { query(text: string): Promise<{ rows: object[] }> } }) =>
  (await sql.query('SELECT address FROM shipment')).rows

// #region failing
test('what no attempt can help with is given up at once', async ({ clock, events }) => {
  clock.set(new Date('2030-01-02T12:00:00Z'))
  await expect(events.deliver(OrderPacked, packed(['1 Main Street']))).rejects.toThrow('Nobody can be found')
  expect(await events.deliver(OrderPacked, packed(['collects it']))).toEqual({ 'ship-order': 'skipped' })
})
// #endregion

// #region middleware-test
test('nothing is shipped at night; the event is tried again', async ({ clock, deps, events }) => {
  const event = { ...packed(['1 Main Street', 'Springfield']), id: orderId }
  clock.set(new Date('2030-01-02T23:00:00Z'))
  await expect(events.deliver(OrderPacked, event)).rejects.toThrow('The warehouse is closed')
  clock.set(new Date('2030-01-03T08:00:00Z'))
  expect(await events.deliver(OrderPacked, { ...event, attempt: 2 })).toEqual({ 'ship-order': 'done' })
  expect(await shipments(deps.database)).toHaveLength(1)
})
// #endregion

// #region next-version-test
test('an event of before is read as one of now', async ({ clock, deps, events }) => {
  clock.set(new Date('2030-01-02T12:00:00Z'))
  await events.deliver(packedBefore, { subject: orderId, data: { orderId, address: '1 Main Street, Springfield' } })
  expect(await shipments(deps.database)).toEqual([{ address: '1 Main Street\nSpringfield' }])
})
// #endregion
