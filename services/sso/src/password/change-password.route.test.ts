import { PasswordResetRequested } from '@slipway/contracts/sso'
import type { Api, Events } from '@slipway/testing'
import { expect, vi } from 'vitest'
import { arrive, password, tryLogIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
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

test('a change that a reset overtakes is refused', async ({ api, deps, events }) => {
  const { user, headers } = await arrive(api, deps)
  await api.post('/sso/v1/password-resets', { email: user.email })
  const { hash } = deps.passwords
  vi.spyOn(deps.passwords, 'hash').mockImplementationOnce(async (given) => {
    expect(await reset(api, events, 'the one of the reset')).toMatchObject({ status: 204 })
    return hash(given)
  })

  expect(await api.post(path, change, headers)).toMatchObject({
    status: 403,
    json: problem(403, 'WRONG_PASSWORD', path),
  })

  expect(await tryLogIn(api, { given: fresh })).toMatchObject({ status: 401 })
  expect(await tryLogIn(api, { given: 'the one of the reset' })).toMatchObject({ status: 201 })
})

test.fresh('of a change and a reset at once one is made', async ({ api, deps, clock, events }) => {
  const { user, headers } = await arrive(api, deps)
  let current = password
  for (let round = 0; round < 5; round++) {
    await api.post('/sso/v1/password-resets', { email: user.email })
    clock.advance(1_000)
    const [own, sent] = [`${fresh} ${round}`, `the one of reset ${round}`]

    const [changed, set] = await Promise.all([
      api.post(path, { currentPassword: current, newPassword: own }, headers),
      reset(api, events, sent),
    ])

    expect([
      [204, 400],
      [403, 204],
    ]).toContainEqual([changed.status, set.status])
    current = changed.status === 204 ? own : sent
    expect(await tryLogIn(api, { given: current })).toMatchObject({ status: 201 })
  }
})
