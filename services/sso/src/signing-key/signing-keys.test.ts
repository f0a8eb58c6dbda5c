import { InvalidSettings } from '@slipway/config'
import { errors, jwtVerify } from 'jose'
import { expect, vi } from 'vitest'
import type { Deps } from '../deps.ts'
import { serviceClaims } from '../token/claims.ts'
import { createTokenIssuer } from '../token/token-issuer.ts'
import { test } from '../testing/test.ts'
import { ensureKeys } from './key-rotation.ts'
import { createSigningKey } from './signing-key.ts'
import { signingKeyStore } from './signing-key.store.ts'
import { createSigningKeys } from './signing-keys.ts'

const secret = 'signing key secret for tests only'
const client = { id: 'cart', permissions: [], audiences: [] }

/** The keys as another replica sees them. */
const replica = ({ database, clock }: Deps, given = secret) => {
  const store = signingKeyStore(database.sql)
  return { store, keys: createSigningKeys({ store, secrets: { secret: given }, clock }) }
}

const issue = ({ clock, newId }: Deps, signingKeys: Parameters<typeof createTokenIssuer>[0]['signingKeys']) =>
  createTokenIssuer({ issuer: 'http://sso.test/sso', signingKeys, clock, newId }).issue(serviceClaims(client), 60)

test.fresh('replicas that start at once make two keys between them', async ({ deps }) => {
  await deps.database.prisma.signingKey.deleteMany()
  const replicas = Array.from({ length: 8 }, () => replica(deps).keys)

  await Promise.all(replicas.map(() => ensureKeys(deps)))

  const kids = await Promise.all(replicas.map(async (keys) => (await keys.signer()).kid))
  expect(new Set(kids).size).toBe(1)
  const keys = await deps.database.prisma.signingKey.findMany({ orderBy: { state: 'asc' } })
  expect(keys.map(({ state }) => state)).toEqual(['current', 'next'])
})

test('the key outlives a restart', async ({ deps, clock }) => {
  const again = replica(deps).keys
  await again.load()

  expect((await again.signer()).kid).toBe((await deps.signingKeys.signer()).kid)
  const token = await issue(deps, deps.signingKeys)
  await expect(jwtVerify(token, again.verification, { currentDate: clock.now() })).resolves.toBeDefined()
})

test('with another secret the service does not start, and says which setting is wrong', async ({ deps }) => {
  await expect(replica(deps, 'another secret that is long enough').keys.load()).rejects.toThrow(
    new InvalidSettings([
      {
        variable: 'SIGNING_KEY_SECRET',
        reason: 'is not the one that the signing keys in the database were sealed with',
      },
    ]),
  )
})

test('the private half is not to be read in the database', async ({ deps }) => {
  const row = await deps.database.prisma.signingKey.findFirst({ where: { state: 'current' } })
  const stored = Buffer.from(row!.privateKey)

  expect(JSON.stringify(row!.publicKey)).not.toContain('"d"')
  expect(stored.includes('PRIVATE KEY')).toBe(false)
  // RFC 8410: the object identifier of Ed25519, which every such PKCS #8 has
  expect(stored.includes(Buffer.from('06032b6570', 'hex'))).toBe(false)
})

test('a key that another replica made meanwhile is found at once', async ({ deps, clock }) => {
  const { store, keys } = replica(deps)
  await deps.signingKeys.jwks()
  await deps.database.prisma.signingKey.updateMany({ data: { state: 'retired' } })
  await store.add(await createSigningKey({ algorithm: 'EdDSA', secret }, 'current', clock.now()))
  const token = await issue(deps, keys)

  clock.advance(5_000)
  await expect(jwtVerify(token, deps.signingKeys.verification, { currentDate: clock.now() })).resolves.toBeDefined()
  expect((await deps.signingKeys.jwks()).keys).toHaveLength(3)
})

test('unknown keys do not make every request ask the database', async ({ deps, clock }) => {
  await deps.signingKeys.jwks()
  const statements = vi.spyOn(deps.database.sql, 'query')
  const ask = () =>
    Promise.resolve(deps.signingKeys.verification({ alg: 'EdDSA', kid: 'unknown' }, { payload: '', signature: '' }))

  for (let time = 0; time < 5; time++) await expect(ask()).rejects.toThrow(errors.JWKSNoMatchingKey)
  expect(statements).not.toHaveBeenCalled()

  clock.advance(6_000)
  for (let time = 0; time < 5; time++) await expect(ask()).rejects.toThrow(errors.JWKSNoMatchingKey)
  expect(statements).toHaveBeenCalledTimes(1)
})

test('while the database is away the keys in hand go on', async ({ deps, clock }) => {
  const token = await issue(deps, deps.signingKeys)
  const issuedAt = clock.now()
  vi.spyOn(deps.database.sql, 'query').mockRejectedValue(new Error('away'))

  clock.advance(600_000)

  await expect(jwtVerify(token, deps.signingKeys.verification, { currentDate: issuedAt })).resolves.toBeDefined()
  await expect(issue(deps, deps.signingKeys)).resolves.toBeDefined()
  await expect(replica(deps).keys.signer()).rejects.toThrow('away')
})
