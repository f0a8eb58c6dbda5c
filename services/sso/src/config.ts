import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, Secret, type WrongVariable } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { s2sVariables } from '@slipway/s2s'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { readClientSecrets } from './client/client-secrets.ts'
import { signingAlgorithms } from './signing-key/signing-key.ts'
import { readSeeds } from './user/seed.ts'

// it needs no token of its own: it forwards those of its users
const { CLIENT_ID: _id, CLIENT_SECRET: _secret, CLIENT_SCOPE: _scope, ...callVariables } = s2sVariables

const days = (count: number) => count * 86_400

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  ...callVariables,
  FILES_URL: Type.String({ format: 'uri', description: 'Address of files with its prefix' }),

  SIGNING_KEY_SECRET: Secret({
    minLength: 32,
    description: 'Seals the private signing keys in the database; at least 32 random characters',
  }),
  SIGNING_KEY_SECRET_OLD: Type.Optional(
    Secret({ description: 'The one before, while it is being changed: keys are sealed anew at start' }),
  ),
  SIGNING_ALGORITHM: Type.Enum([...signingAlgorithms], {
    default: 'EdDSA',
    description: 'Of keys made from now on: another one signs after the next rotation',
  }),
  SIGNING_KEY_ROTATION_DAYS: Type.Integer({
    minimum: 0,
    default: 30,
    description: 'A key signs for so long; 0: until `key rotate`',
  }),
  SERVICE_CLIENTS: Secret({
    default: '',
    minLength: 0,
    description: 'Secrets of services, `id:secret` comma separated; an id may come twice while its secret is changed',
  }),
  SEED_USERS: Type.Optional(
    Secret({
      description:
        'Users to make at start, `email:password:roles` comma separated, roles joined by a vertical bar; not in production',
    }),
  ),

  ACCESS_TOKEN_TTL_S: Type.Integer({ minimum: 1, default: 900, description: 'Life of user and service tokens' }),
  DELEGATED_TOKEN_TTL_S: Type.Integer({
    minimum: 1,
    maximum: 300,
    default: 300,
    description: 'Life of exchanged ones',
  }),
  SESSION_IDLE_S: Type.Integer({ minimum: 60, default: days(30), description: 'A session unused for so long ends' }),
  SESSION_LONGEST_S: Type.Integer({ minimum: 60, default: days(180), description: 'A session ends after so long' }),
  REFRESH_GRACE_S: Type.Integer({
    minimum: 0,
    maximum: 60,
    default: 10,
    description: 'For so long a refresh token that was just used answers the same successor again',
  }),

  PASSWORD_HASH_MEMORY_KIB: Type.Integer({ minimum: 1_024, default: 19_456, description: 'argon2id: memory' }),
  PASSWORD_HASH_PASSES: Type.Integer({ minimum: 1, default: 2, description: 'argon2id: iterations' }),
  PASSWORD_HASH_CONCURRENCY: Type.Optional(
    Type.Integer({
      minimum: 1,
      description:
        'Passwords hashed at once, each in a thread that gives way to the event loop; one less than there are cores when absent',
    }),
  ),
  PASSWORD_HASH_QUEUE: Type.Integer({ minimum: 0, default: 500, description: 'Log-ins that may wait for that' }),
  PASSWORD_MIN_SCORE: Type.Integer({
    minimum: 0,
    maximum: 4,
    default: 3,
    description: 'Least strength of a new password, as zxcvbn counts: 0 to 4',
  }),

  EMAIL_VERIFICATION_TTL_S: Type.Integer({ minimum: 60, default: days(1), description: 'Life of the link' }),
  PASSWORD_RESET_TTL_S: Type.Integer({ minimum: 60, default: 1_800, description: 'Life of the link' }),
  LINKS_PER_HOUR_PER_ACCOUNT: Type.Integer({ minimum: 1, default: 5, description: 'More are asked for in vain' }),
  LINKS_PER_MINUTE_PER_ADDRESS: Type.Integer({ minimum: 1, default: 20, description: 'Asked for from one network' }),
  AUDIT_RETENTION_DAYS: Type.Integer({ minimum: 1, default: 400, description: 'The audit log goes back so far' }),

  REGISTRATIONS_PER_MINUTE: Type.Integer({ minimum: 1, default: 100, description: 'From one address' }),
  LOGIN_FREE_FAILURES_PER_ACCOUNT: Type.Integer({ minimum: 1, default: 5, description: 'Before log-ins must wait' }),
  LOGIN_FREE_FAILURES_PER_ADDRESS: Type.Integer({ minimum: 1, default: 50, description: 'Before log-ins must wait' }),
  LOGIN_LONGEST_DELAY_S: Type.Integer({ minimum: 1, default: 300, description: 'The wait doubles up to this' }),
  LOGIN_FORGET_FAILURES_S: Type.Integer({ minimum: 1, default: 3_600, description: 'After so long without any' }),
})
export type Settings = Static<typeof Settings>

/** @throws InvalidSettings */
export function checkSettings({ NODE_ENV, SEED_USERS, SERVICE_CLIENTS }: Settings) {
  const wrong: WrongVariable[] = []
  const check = (variable: string, read: () => void) => {
    try {
      read()
    } catch (error) {
      wrong.push({ variable, reason: (error as Error).message })
    }
  }
  check('SERVICE_CLIENTS', () => readClientSecrets(SERVICE_CLIENTS))
  check('SEED_USERS', () => {
    if (SEED_USERS === undefined) return
    if (NODE_ENV === 'production') throw new Error('must not be set in production: its logins are known')
    readSeeds(SEED_USERS)
  })
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
