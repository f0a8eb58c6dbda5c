import { createOutbox, type EmitOptions, type NewEvent } from '@slipway/broker'
import { FilesClient } from '@slipway/contracts/files'
import { createDatabase, type Sql } from '@slipway/database'
import { clientOptions, type TokenSource } from '@slipway/s2s'
import type { Platform } from '@slipway/service-kit'
import { PrismaClient } from '../prisma/generated/client.ts'
import { attemptStore, type AttemptStore } from './attempt/attempt.store.ts'
import { auditStore, type AuditStore } from './audit/audit.store.ts'
import { clientStore, type ClientStore } from './client/client.store.ts'
import type { Settings } from './config.ts'
import { oneTimeTokenStore, type OneTimeTokenStore } from './one-time-token/one-time-token.store.ts'
import { createPasswordHasher } from './password/password-hasher.ts'
import { createStrengthEstimator } from './password/strength-estimator.ts'
import { sessionStore, type SessionStore } from './session/session.store.ts'
import { secretsOf } from './signing-key/key-rotation.ts'
import { signingKeyStore, type SigningKeyStore } from './signing-key/signing-key.store.ts'
import { createSigningKeys } from './signing-key/signing-keys.ts'
import { serviceClaims } from './token/claims.ts'
import { createTokenIssuer, type TokenIssuer } from './token/token-issuer.ts'
import { userAvatarStore, type UserAvatarStore } from './user/user-avatar.store.ts'
import { userStore, type UserStore } from './user/user.store.ts'

/** What one transaction changes. */
export interface Tx {
  users: UserStore
  avatars: UserAvatarStore
  sessions: SessionStore
  attempts: AttemptStore
  oneTimeTokens: OneTimeTokenStore
  clients: ClientStore
  signingKeys: SigningKeyStore
  audit: AuditStore
  emit<Data>(event: NewEvent<Data>, options?: EmitOptions): Promise<void>
}

export type Deps = Awaited<ReturnType<typeof buildDeps>>

const ownTokenTtlS = 60

/** SSO issues its own tokens itself, one for each call; for users it calls with their own. */
const ownTokens = (tokens: TokenIssuer): TokenSource => ({
  service: () => tokens.issue(serviceClaims({ id: 'sso', permissions: [], audiences: [] }), ownTokenTtlS),
  exchanged: () => Promise.reject(new Error('SSO exchanges no token for itself')),
  invalidate: () => false,
})

export async function buildDeps(platform: Platform<Settings>) {
  const { settings, observability, clock, newId, dispatcher, createPool } = platform
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const outbox = createOutbox({
    source: 'sso',
    traceparent: () => observability.traceparent(),
    span: observability.span,
    now: () => clock.now(),
    newId,
  })
  const signingKeys = createSigningKeys({
    store: signingKeyStore(database.sql),
    secrets: secretsOf(settings),
    clock,
  })
  const tokens = createTokenIssuer({ issuer: settings.TOKEN_ISSUER, signingKeys, clock, newId })
  const strength = createStrengthEstimator()
  const calls = { ...clientOptions(settings), observability, dispatcher }
  const files = new FilesClient({ ...calls, name: 'files', baseUrl: settings.FILES_URL, tokens: ownTokens(tokens) })

  return {
    settings,
    observability,
    clock,
    newId,
    database,
    files,
    users: userStore(database.prisma),
    sessions: sessionStore(database.sql),
    clients: clientStore(database.sql),
    attempts: attemptStore(database.sql),
    oneTimeTokens: oneTimeTokenStore(database.sql),
    audit: auditStore(database.sql, { clock, newId }),
    passwords: await createPasswordHasher(settings),
    passwordPolicy: { minScore: settings.PASSWORD_MIN_SCORE, estimate: strength.estimate },
    sessionLimits: { idleMs: settings.SESSION_IDLE_S * 1_000, longestMs: settings.SESSION_LONGEST_S * 1_000 },
    signingKeys,
    tokens,
    transaction: <T>(work: (tx: Tx, sql: Sql) => Promise<T>): Promise<T> =>
      database.transaction(({ prisma, sql }) =>
        work(
          {
            users: userStore(prisma),
            avatars: userAvatarStore(sql),
            sessions: sessionStore(sql),
            attempts: attemptStore(sql),
            oneTimeTokens: oneTimeTokenStore(sql),
            clients: clientStore(sql),
            signingKeys: signingKeyStore(sql),
            audit: auditStore(sql, { clock, newId }),
            emit: (...emitted) => outbox.emit(sql, ...emitted),
          },
          sql,
        ),
      ),
    async close() {
      await Promise.all([strength.close(), files.close()])
    },
  }
}
