import { InvalidSettings } from '@slipway/config'
import { decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { arrive, bearer, logIn } from '../testing/people.ts'
import { ssoTest, test } from '../testing/test.ts'
import { ensureKeys, NextKeyTooYoung, rotateKeys } from './key-rotation.ts'
import { keyCommand } from './key.command.ts'
import { RotateKeys } from './rotate-keys.job.ts'
import { openSigningKey, signingAlgorithms } from './signing-key.ts'

const day = 86_400_000

async function states({ transaction }: Deps) {
  const keys = await transaction(({ signingKeys }) => signingKeys.lock())
  const found = Object.groupBy(keys, ({ state }) => state)
  return { next: found.next?.[0], current: found.current?.[0], retired: found.retired ?? [] }
}

test('the next key signs, the one before is published until its tokens have expired, its private half is gone', async ({
  deps,
  clock,
}) => {
  const before = await states(deps)

  await rotateKeys({}, deps)

  const after = await states(deps)
  expect(after.current).toMatchObject({ kid: before.next!.kid, activatedAt: clock.now() })
  expect(after.next!.kid).not.toBe(before.next!.kid)
  const publishedUntil = new Date(clock.now().getTime() + 900_000 + 360_000)
  expect(after.retired).toMatchObject([{ kid: before.current!.kid, publishedUntil }])
  expect(after.retired[0]!.privateKey).toHaveLength(0)
  const [event] = await deps.audit.list({ action: 'key.rotated', limit: 1 })
  const details = { current: after.current!.kid, retired: before.current!.kid, dropped: false }
  expect(event).toMatchObject({ actor: null, details })
})

test('a next key that verifiers may not know yet does not sign, unless it must', async ({ deps, clock }) => {
  clock.advance(1_000)
  await rotateKeys({}, deps)
  clock.advance(359_000)
  await expect(rotateKeys({}, deps)).rejects.toThrow(NextKeyTooYoung)
  clock.advance(1_000)
  await rotateKeys({}, deps)

  await rotateKeys({ now: true }, deps)
  expect((await states(deps)).retired).toHaveLength(3)
})

test('a key that somebody else has can be dropped', async ({ deps }) => {
  const { current } = await states(deps)

  await rotateKeys({ dropOld: true }, deps)
  await deps.signingKeys.load()

  expect((await states(deps)).retired).toEqual([])
  expect((await deps.signingKeys.jwks()).keys.map(({ kid }) => kid)).not.toContain(current!.kid)
})

test('the job rotates when it is time, and only then; what nobody needs goes', async ({ deps, clock }) => {
  const job = new RotateKeys(deps)
  const { current: first } = await states(deps)

  clock.advance(30 * day - 1_000)
  await job.run()
  expect((await states(deps)).current!.kid).toBe(first!.kid)
  clock.advance(1_000)
  await job.run()
  await job.run()
  expect((await states(deps)).retired).toHaveLength(1)

  clock.advance(1_260_000 - 1)
  await job.run()
  expect((await states(deps)).retired).toHaveLength(1)
  clock.advance(1)
  await job.run()
  expect((await states(deps)).retired).toEqual([])
})

const never = ssoTest({ SIGNING_KEY_ROTATION_DAYS: '0' })

never('without a schedule the keys stay', async ({ deps, clock }) => {
  clock.advance(1_000 * day)
  await new RotateKeys(deps).run()

  expect((await states(deps)).retired).toEqual([])
})

test.fresh('two rotations at once are one after the other', async ({ deps }) => {
  const both = await Promise.allSettled([rotateKeys({ now: true }, deps), rotateKeys({ now: true }, deps)])

  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  const { next, current, retired } = await states(deps)
  expect([next, current, ...retired]).toHaveLength(4)
  expect(current).toBeDefined()
})

for (const algorithm of signingAlgorithms) {
  const signing = ssoTest({ SIGNING_ALGORITHM: algorithm })

  signing(`tokens may be signed with ${algorithm}`, async ({ api, deps }) => {
    const { accessToken } = await arrive(api, deps)

    expect(decodeProtectedHeader(accessToken).alg).toBe(algorithm)
    expect(await api.get('/sso/v1/me', bearer(accessToken))).toMatchObject({ status: 200 })
  })
}

test('another algorithm comes with the next rotation; tokens of both count', async ({ api, deps }) => {
  const { accessToken, user } = await arrive(api, deps)
  const changed = { ...deps, settings: { ...deps.settings, SIGNING_ALGORITHM: 'ES256' as const } }

  await ensureKeys(changed)
  await rotateKeys({ now: true }, changed)
  await deps.signingKeys.load()

  const other = await logIn(api, user.email)
  expect(decodeProtectedHeader(other.accessToken).alg).toBe('ES256')
  for (const token of [accessToken, other.accessToken])
    expect(await api.get('/sso/v1/me', bearer(token))).toMatchObject({ status: 200 })
})

test('the secret that seals the keys can be changed', async ({ deps }) => {
  const { settings } = deps
  const secret = 'another secret that is long enough'
  const renamed = { SIGNING_KEY_SECRET: secret, SIGNING_KEY_SECRET_OLD: settings.SIGNING_KEY_SECRET }

  await ensureKeys({ ...deps, settings: { ...settings, ...renamed } })

  const { current, next } = await states(deps)
  for (const key of [current!, next!])
    await expect(openSigningKey(key, { secret })).resolves.toMatchObject({ kid: key.kid })
  await expect(ensureKeys(deps)).rejects.toThrow(InvalidSettings)
})

test('they are rotated and listed by command', async ({ deps, clock }) => {
  const { current, next } = await states(deps)
  const command = keyCommand(deps)
  const made = clock.now().toISOString()
  clock.advance(1_000)
  const at = clock.now().toISOString()
  const until = new Date(clock.now().getTime() + 1_260_000).toISOString()

  const listed = await command(['rotate'])

  expect(listed.toSorted()).toEqual(
    [
      `${next!.kid}  EdDSA  current  made ${made}, current from ${at}`,
      `${current!.kid}  EdDSA  retired  made ${made}, current from ${made}, published until ${until}`,
      `${(await states(deps)).next!.kid}  EdDSA  next     made ${at}`,
    ].toSorted(),
  )
  expect(await command(['list'])).toEqual(listed)
  await expect(command(['rotate'])).rejects.toThrow(NextKeyTooYoung)
  for (const args of [[], ['rotate', 'all'], ['list', '--all']])
    await expect(command(args), String(args)).rejects.toThrow('key rotate [--now]')
})
