import type { Environment } from '@slipway/config'
import type { Secrets } from './secrets.ts'

interface Facts {
  environment: Environment
  /** Address of the platform as browsers see it, without a prefix. */
  origin: string
  /** Address by which the services of this process reach each other. */
  local: string
  databases: Record<string, string>
  secrets: Secrets
  production: boolean
}

/** The environment of each service, as its own container would have it. What the user set goes before our defaults. */
export function serviceEnvironments({
  environment,
  origin,
  local,
  databases,
  secrets,
  production,
}: Facts): Record<string, Environment> {
  const common = {
    PUBLIC_URL: origin,
    TOKEN_ISSUER: `${origin}/sso`,
    LOG_LEVEL: production ? 'info' : 'warn',
    LOG_FORMAT: !production && process.stdout.isTTY ? 'pretty' : 'json',
    CORS_ORIGINS: production ? '' : '*',
    ...(environment['AMQP_URL'] ? {} : { EVENTS_DATABASE_URL: databases['events'] }),
    ...environment,
    // neighbours are in this very process: no request leaves the machine
    SSO_URL: `${local}/sso`,
  }
  const bank = {
    SANDBOX_BANK_API_KEY: secrets.SANDBOX_BANK_API_KEY,
    SANDBOX_BANK_WEBHOOK_SECRET: secrets.SANDBOX_BANK_WEBHOOK_SECRET,
  }
  const own: Record<string, Environment> = {
    sso: {
      SIGNING_KEY_SECRET: secrets.SIGNING_KEY_SECRET,
      SERVICE_CLIENTS: `cart:${secrets.CLIENT_SECRET_CART},acquiring:${secrets.CLIENT_SECRET_ACQUIRING}`,
      SEED_USERS: production ? environment['SEED_USERS'] : seedUsers(secrets),
    },
    cart: {
      CLIENT_ID: 'cart',
      CLIENT_SECRET: secrets.CLIENT_SECRET_CART,
      SEED_PRODUCTS: production ? environment['SEED_PRODUCTS'] : 'true',
    },
    acquiring: {
      CLIENT_ID: 'acquiring',
      CLIENT_SECRET: secrets.CLIENT_SECRET_ACQUIRING,
      CART_URL: `${local}/cart`,
      SANDBOX_BANK_URL: `${local}/sandbox-bank`,
      ...bank,
    },
    'sandbox-bank': {
      WEBHOOK_URL: `${local}/acquiring/webhooks/sandbox-bank`,
      ...bank,
      WEBHOOK_SECRET: secrets.SANDBOX_BANK_WEBHOOK_SECRET,
    },
  }
  return Object.fromEntries(
    Object.entries(own).map(([name, variables]) => [name, { ...common, ...variables, DATABASE_URL: databases[name] }]),
  )
}

export const logins = { admin: 'admin@slipway.example', shopper: 'shopper@slipway.example' }

const seedUsers = ({ ADMIN_PASSWORD, SHOPPER_PASSWORD }: Secrets) =>
  `${logins.admin}:${ADMIN_PASSWORD}:admin,${logins.shopper}:${SHOPPER_PASSWORD}:user`
