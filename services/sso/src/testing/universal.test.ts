import { randomBytes } from 'node:crypto'
import { filesContract } from '@slipway/contracts/files'
import { universalTests } from '@slipway/testing'
import { sso } from '../app.ts'
import type { Deps } from '../deps.ts'
import type { Purpose } from '../one-time-token/one-time-token.ts'
import { digest } from '../secret/opaque-token.ts'
import { registerUser } from '../user/user.ts'
import { rows } from './migration-rows.ts'
import { basic } from './oauth.ts'
import { logIn, password } from './people.ts'
import { picture, reservation } from './pictures.ts'
import { neighbours } from './test.ts'

/** The person as a user of the service, with an address of their own. */
async function addPerson(deps: Deps, id: string) {
  const email = `${id}@example.com`
  const passwordHash = await deps.passwords.hash(password)
  const user = registerUser({ id, email, passwordHash, roles: [], now: deps.clock.now() })
  await deps.transaction((tx) => tx.users.insert(user))
  return user
}

/** A session of the person's, and its id. */
async function addSession(deps: Deps, userId: string) {
  await addPerson(deps, userId)
  const id = deps.newId()
  const createdAt = deps.clock.now()
  const expiresAt = new Date(createdAt.getTime() + 3_600_000)
  const origin = { clientId: 'web', userAgent: null, address: '127.0.0.1', network: '127.0.0.1' }
  const life = { createdAt, lastUsedAt: createdAt, expiresAt, endedAt: null, endReason: null }
  await deps.sessions.start({ id, userId, ...origin, ...life }, randomBytes(32))
  return id
}

/** The token of a link that was sent to the person. */
async function addLink(deps: Deps, id: string, purpose: Purpose) {
  const { email } = await addPerson(deps, id)
  const token = randomBytes(32).toString('base64url')
  const createdAt = deps.clock.now()
  const expiresAt = new Date(createdAt.getTime() + 60_000)
  await deps.oneTimeTokens.add({ hash: digest(token), purpose, createdAt, expiresAt }, email)
  return token
}

/** Somebody whom the caller looks after. */
async function withAnother({ deps }: { deps: Deps }) {
  return { params: { id: (await addPerson(deps, deps.newId())).id } }
}

universalTests(sso.definition, {
  neighbours,
  rows,
  environment: {
    SIGNING_KEY_SECRET: 'signing key secret for tests only',
    SERVICE_CLIENTS: 'cart:secret of cart in tests',
    PASSWORD_HASH_MEMORY_KIB: '1024',
    PASSWORD_HASH_PASSES: '1',
    PASSWORD_MIN_SCORE: '0',
    REGISTRATIONS_PER_MINUTE: '100000',
    LINKS_PER_MINUTE_PER_ADDRESS: '100000',
  },
  publicRoutes: [
    'POST /sso/v1/users',
    'POST /sso/v1/sessions',
    'POST /sso/v1/sessions/refresh',
    'POST /sso/v1/email-verifications',
    'POST /sso/v1/email-verifications/confirm',
    'POST /sso/v1/password-resets',
    'POST /sso/v1/password-resets/confirm',
    'POST /sso/oauth2/revoke',
    'GET /sso/.well-known/jwks.json',
    'GET /sso/.well-known/oauth-authorization-server',
  ],
  signedRoutes: ['POST /sso/oauth2/token', 'POST /sso/oauth2/introspect'],
  owned: {
    'DELETE /sso/v1/sessions/:id': async ({ deps }, { id }) => ({ params: { id: await addSession(deps, id) } }),
  },
  requests: {
    'GET /sso/v1/me': async ({ deps }, { id }) => {
      await addPerson(deps, id)
    },
    'PATCH /sso/v1/me': async ({ deps }, { id }) => {
      await addPerson(deps, id)
    },
    'DELETE /sso/v1/me': async ({ deps }, { id }) => {
      await addPerson(deps, id)
    },
    'POST /sso/v1/me/avatar': async ({ deps, neighbours }, { id }) => {
      await addPerson(deps, id)
      neighbours.files.answers(filesContract.reserve, () => ({ status: 201, json: reservation }))
      return { body: picture }
    },
    'POST /sso/v1/me/password': async ({ deps }, { id }) => {
      await addPerson(deps, id)
      return { body: { currentPassword: password, newPassword: 'another battery staple' } }
    },
    'POST /sso/v1/email-verifications': async ({ deps }, { id }) => ({
      body: { email: (await addPerson(deps, id)).email },
    }),
    'POST /sso/v1/email-verifications/confirm': async ({ deps }, { id }) => ({
      body: { token: await addLink(deps, id, 'email-verification') },
    }),
    'POST /sso/v1/password-resets': async ({ deps }, { id }) => ({
      body: { email: (await addPerson(deps, id)).email },
    }),
    'POST /sso/v1/password-resets/confirm': async ({ deps }, { id }) => ({
      body: { token: await addLink(deps, id, 'password-reset'), password: 'another battery staple' },
    }),
    'GET /sso/v1/users/:id': withAnother,
    'PATCH /sso/v1/users/:id': async (world) => ({
      ...(await withAnother(world)),
      body: { email: `${world.deps.newId()}@example.com`, name: 'Ann' },
    }),
    'PUT /sso/v1/users/:id/roles': async (world) => ({ ...(await withAnother(world)), body: { roles: ['support'] } }),
    'POST /sso/v1/users/:id/unlock': withAnother,
    'GET /sso/v1/sessions': async ({ deps }, { id }) => {
      await addSession(deps, id)
    },
    'POST /sso/v1/sessions': async ({ deps }, { id }) => ({
      body: { email: (await addPerson(deps, id)).email, password, cookie: false },
    }),
    'POST /sso/v1/users': async ({ deps }) => ({
      body: { email: `${deps.newId()}@example.com`, password, name: 'Ann' },
    }),
    'POST /sso/v1/sessions/refresh': async ({ api, deps }, { id }) => {
      const { email } = await addPerson(deps, id)
      return { body: { refreshToken: (await logIn(api, email)).refreshToken } }
    },
    'POST /sso/oauth2/token': async () => ({
      headers: basic('cart', 'secret of cart in tests'),
      body: { grant_type: 'client_credentials' },
    }),
    'POST /sso/oauth2/introspect': async () => ({
      headers: basic('cart', 'secret of cart in tests'),
      body: { token: 'of somebody' },
    }),
    'POST /sso/oauth2/revoke': async ({ api, deps }, { id }) => {
      const { email } = await addPerson(deps, id)
      return { body: { token: (await logIn(api, email)).refreshToken } }
    },
  },
})
