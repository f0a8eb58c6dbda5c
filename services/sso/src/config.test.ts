import { InvalidSettings, maskSecrets, readSettings } from '@slipway/config'
import { expect, test } from 'vitest'
import { checkSettings, Settings } from './config.ts'

const environment = {
  PUBLIC_URL: 'http://localhost:3000',
  SSO_URL: 'http://localhost:3000/sso',
  TOKEN_ISSUER: 'http://localhost:3000/sso',
  DATABASE_URL: 'postgresql://localhost/sso',
  EVENTS_DATABASE_URL: 'postgresql://localhost/events',
  SIGNING_KEY_SECRET: 'x'.repeat(32),
  FILES_URL: 'http://localhost:3000/files',
}
const read = (more: Record<string, string> = {}) => {
  const settings = readSettings(Settings, { ...environment, ...more })
  checkSettings(settings)
  return settings
}

test('without more than the addresses and a secret there are safe defaults', () => {
  expect(read()).toMatchObject({
    SERVICE_CLIENTS: '',
    ACCESS_TOKEN_TTL_S: 900,
    REFRESH_GRACE_S: 10,
    PASSWORD_HASH_MEMORY_KIB: 19_456,
    PASSWORD_HASH_PASSES: 2,
    PASSWORD_MIN_SCORE: 3,
    REGISTRATIONS_PER_MINUTE: 100,
  })
  expect(read().SEED_USERS).toBeUndefined()
})

test('seeded logins are refused in production', () => {
  const seeds = { SEED_USERS: 'a@example.com:password:admin' }

  expect(() => read(seeds)).not.toThrow()
  expect(() => read({ ...seeds, NODE_ENV: 'production' })).toThrow(
    new InvalidSettings([{ variable: 'SEED_USERS', reason: 'must not be set in production: its logins are known' }]),
  )
})

test('all that is wrong is named at once, and no value shown', () => {
  const wrong = () => read({ SEED_USERS: 'canary', SERVICE_CLIENTS: 'nobody:canary-canary-canary' })

  expect(wrong).toThrow(/SERVICE_CLIENTS entry 1 names an unknown client\n {2}SEED_USERS entry 1 is not email/)
  expect(wrong).not.toThrow(/canary/)
})

test('a short secret for the signing keys is refused', () => {
  expect(() => read({ SIGNING_KEY_SECRET: 'short' })).toThrow(/SIGNING_KEY_SECRET/)
})

test('secrets are masked when settings are shown', () => {
  const shown = maskSecrets(Settings, read({ SEED_USERS: 'a@example.com:password' }))

  expect(shown).toMatchObject({ SIGNING_KEY_SECRET: '***', SERVICE_CLIENTS: '***', SEED_USERS: '***' })
})
