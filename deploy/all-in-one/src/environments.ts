import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { environmentOf, type ServiceEntry } from '@slipway/platform'
import { currentCommit } from './commit.ts'

interface Facts {
  services: readonly ServiceEntry[]
  environment: Environment
  /** Address of the platform as browsers see it, without a prefix. */
  origin: string
  /** Address by which the services of this process reach each other. */
  local: string
  databases: Record<string, string>
  secrets: Readonly<Record<string, string>>
  dataDir: string
  production: boolean
}

const pagesOfThisMachine = 'http://localhost:*, http://127.0.0.1:*'

/** The environment of each service, as its own container would have it. What the user set goes before our defaults. */
export function serviceEnvironments(facts: Facts): Record<string, Environment> {
  const { services, environment, origin, local, databases, secrets, dataDir, production } = facts
  const defaults = {
    LOG_LEVEL: production ? 'info' : 'warn',
    LOG_FORMAT: !production && process.stdout.isTTY ? 'pretty' : 'json',
    COMMIT: environment['COMMIT'] || currentCommit(),
    ...(!production && {
      CORS_ORIGINS: pagesOfThisMachine,
      RETURN_URL_ORIGINS: pagesOfThisMachine,
      TRACE_DIR: join(dataDir, 'traces'),
    }),
  }
  return Object.fromEntries(
    services.map((service) => [
      service.name,
      {
        ...defaults,
        ...environment,
        ...environmentOf(service, {
          production,
          publicUrl: origin,
          // neighbours are in this very process: no request leaves the machine
          address: (name) => `${local}/${name}`,
          secret: (name) => secrets[name] ?? '',
          database: (name) => ({ DATABASE_URL: databases[name]! }),
          events: () => ({ ...(!environment['AMQP_URL'] && { EVENTS_DATABASE_URL: databases['events']! }) }),
          objects: (name): Record<string, string> => {
            const { S3_ENDPOINT, S3_BUCKET = S3_ENDPOINT && `slipway-${name}` } = environment
            if (S3_BUCKET) return { S3_BUCKET }
            return { DISK_STORE_DIR: join(dataDir, 'objects'), DISK_STORE_SECRET: secrets['DISK_STORE_SECRET']! }
          },
        }),
        ...chosen(service, environment),
        ...(environment['TOKEN_ISSUER'] && { TOKEN_ISSUER: environment['TOKEN_ISSUER'] }),
      },
    ]),
  )
}

/** A plain value in the list is a default; one made of secrets and addresses is not to be replaced alone. */
function chosen({ settings, productionSettings, developmentSettings }: ServiceEntry, environment: Environment) {
  const plain = Object.entries({ ...settings, ...productionSettings, ...developmentSettings }).filter(
    ([variable, template]) => environment[variable] && !template.includes('{'),
  )
  return Object.fromEntries(plain.map(([variable]) => [variable, environment[variable]]))
}

export const logins = { admin: 'admin@slipway.example', shopper: 'shopper@slipway.example' }
