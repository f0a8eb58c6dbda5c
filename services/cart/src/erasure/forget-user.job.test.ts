import { PaymentCaptured, PaymentFailed } from '@slipway/contracts/acquiring'
import { UserDeleted } from '@slipway/contracts/sso'
import type { Events } from '@slipway/testing'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { mug, sampleId } from '../testing/samples.ts'
import { checkout, fillCart, payment, setItem, shopper, stranger } from '../testing/shopping.ts'
import { test } from '../testing/test.ts'
import { ForgetUsers } from './forget-users.job.ts'

const paymentId = sampleId(300)
const hour = 3_600_000

const erase = (events: Events) => events.deliver(UserDeleted, { subject: shopper.id, data: { userId: shopper.id } })
const cartsOf = async ({ database }: Deps, userId = shopper.id) =>
  (await database.sql.query<{ status: string }>('SELECT status FROM carts WHERE user_id = $1', [userId])).rows
const erasures = async ({ database }: Deps) => (await database.sql.query('SELECT FROM erasures')).rowCount

test('the open cart goes, with what was in it; those of others stay', async ({ api, deps, events }) => {
  await fillCart({ api, deps })
  await setItem(api, mug.id, 1, stranger)

  expect(await erase(events)).toMatchObject({ 'forget-user': 'done' })
  await erase(events)

  expect(await cartsOf(deps)).toEqual([])
  expect(await cartsOf(deps, stranger.id)).toEqual([{ status: 'open' }])
  expect((await deps.database.sql.query('SELECT FROM cart_lines')).rowCount).toBe(1)
})

test('a locked cart waits for its payment: released, it goes', async ({ api, deps, events, clock }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, paymentId)
  await erase(events)
  expect(await cartsOf(deps)).toEqual([{ status: 'locked' }])

  clock.advance(2 * hour)
  await new ForgetUsers(deps).run()
  expect(await erasures(deps), 'not over yet').toBe(1)
  await events.deliver(PaymentFailed, payment(id, paymentId))
  await new ForgetUsers(deps).run()

  expect(await cartsOf(deps)).toEqual([])
  expect(await erasures(deps)).toBe(0)
})

test('a paid cart is a sale and stays', async ({ api, deps, events, clock }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, paymentId)
  await erase(events)
  await events.deliver(PaymentCaptured, payment(id, paymentId))

  clock.advance(hour)
  await new ForgetUsers(deps).run()

  expect(await cartsOf(deps)).toEqual([{ status: 'paid' }])
  expect(await erasures(deps)).toBe(0)
})

test('a cart that the last access token made afterwards goes as well', async ({ api, deps, events, clock }) => {
  await erase(events)
  await fillCart({ api, deps })

  clock.advance(hour - 1)
  await new ForgetUsers(deps).run()

  expect(await cartsOf(deps)).toEqual([])
  expect(await erasures(deps), 'another may come').toBe(1)
})
