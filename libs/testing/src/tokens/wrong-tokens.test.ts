import { systemClock } from '@slipway/service-kit'
import { expect } from 'vitest'
import { problem } from '../fixtures/problem.ts'
import { serviceTest } from '../service-test.ts'
import { kiosk } from '../testing/kiosk.ts'
import { shopper, test } from '../testing/test.ts'
import { tokenOf, user } from './tokens.ts'
import { expiredToken, wrongTokens } from './wrong-tokens.ts'

const orders = '/kiosk/v1/orders'

// #region wrong-tokens
test('a token that has expired is refused, and so is one of another issuer', async ({ api }) => {
  expect(await api.as(shopper, expiredToken).post('/kiosk/v1/orders', {})).toMatchObject(
    problem(401, 'TOKEN_EXPIRED', '/kiosk/v1/orders'),
  )
  expect(await api.as(shopper, wrongTokens['of another issuer']).post('/kiosk/v1/orders', {})).toMatchObject(
    problem(401, 'INVALID_TOKEN', '/kiosk/v1/orders'),
  )
})
// #endregion

test.for(Object.entries(wrongTokens))('a token %s is refused', async ([, make], { api }) => {
  expect(await api.as(user(), make).post(orders, {})).toMatchObject({ status: 401, json: { code: 'INVALID_TOKEN' } })
})

test('an expired token was good a while ago, by the clock of the test', async ({ api, clock }) => {
  const token = await expiredToken(shopper, clock)
  const send = () => api.post(orders, {}, { authorization: `Bearer ${token}` })
  expect(await send()).toMatchObject({ status: 401, json: { code: 'TOKEN_EXPIRED' } })
  clock.advance(-15 * 60_000)
  expect(await send()).toMatchObject({ status: 400 })
})

test('the right one may be named, too', async ({ api }) => {
  expect(await api.as(shopper, tokenOf).post(orders, {})).toMatchObject({ status: 400 })
})

serviceTest(kiosk, { clock: 'running', environment: { CART_URL: 'http://cart.test/cart' } })(
  'an expired token is one in the real time as well',
  async ({ api }) => {
    const authorization = `Bearer ${await expiredToken(shopper, systemClock)}`
    expect(await api.post(orders, {}, { authorization })).toMatchObject({
      status: 401,
      json: { code: 'TOKEN_EXPIRED' },
    })
  },
)
