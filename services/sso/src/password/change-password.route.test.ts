import { PasswordResetRequested } from '@slipway/contracts/sso'
import type { Api, Events } from '@slipway/testing'
import { expect } from 'vitest'
import { arrive, password, tryLogIn } from '../testing/people.ts'
import { test } from '../testing/test.ts'

const path = '/sso/v1/me/password'
const fresh = 'another battery staple'
const change = { currentPassword: password, newPassword: fresh }

/** Sets a password with the link that was sent last. */
async function reset(api: Api, events: Events, to: string) {
  const sent = (await events.emitted(PasswordResetRequested)).at(-1)!
  return api.post('/sso/v1/password-resets/confirm', { token: sent.data.token, password: to })
}

test('a change ends the links that would set another one', async ({ api, deps, events }) => {
  const { user, headers } = await arrive(api, deps)
  await api.post('/sso/v1/password-resets', { email: user.email })

  expect(await api.post(path, change, headers)).toMatchObject({ status: 204 })

  expect(await reset(api, events, 'of a thief perhaps')).toMatchObject({
    status: 400,
    json: { code: 'INVALID_ONE_TIME_TOKEN' },
  })
  expect(await tryLogIn(api, { given: fresh })).toMatchObject({ status: 201 })
})
