import { expect } from 'vitest'
import { askToken, basic } from '../testing/oauth.ts'
import { from } from '../testing/people.ts'
import { clientSecrets, test } from '../testing/test.ts'

const form = { grant_type: 'client_credentials' }

test('so many wrong secrets of a client and network are audited within a minute, and the right one counts on', async ({
  api,
  deps,
  clock,
}) => {
  const ask = (id: string, secret: string, address = '192.0.2.1') =>
    askToken(api, form, { ...basic(id, secret), ...from(address) })
  const audited = async () => (await deps.audit.list({ action: 'client.refused', limit: 100 })).length

  for (let time = 0; time < 12; time++)
    expect(await ask('cart', 'wrong')).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
  expect(await audited()).toBe(10)
  expect(await ask('cart', clientSecrets.cart)).toMatchObject({ status: 200 })

  await ask('acquiring', 'wrong')
  await ask('cart', 'wrong', '192.0.2.2')
  expect(await audited()).toBe(12)

  clock.advance(60_000)
  await ask('cart', 'wrong')
  expect(await audited()).toBe(13)
})
