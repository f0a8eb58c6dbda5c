import { environmentOf, type Deployment } from '../environment.ts'
import { inCapitals, port, services, storing, type ServiceEntry } from '../services.ts'

const secret = (name: string) => `\${${name}:?run npm run env:init}`
const databasePassword = (service: string) => `DATABASE_PASSWORD_${inCapitals(service)}`

/** How compose names things: by the network's names, secrets from `.env`. */
export const deployment: Deployment = {
  production: false,
  publicUrl: '*public-url',
  address: (service) => `http://${service}:${port}/${service}`,
  secret,
  database: (service) => ({
    DATABASE_URL: `postgresql://${service}:${secret(databasePassword(service))}@postgres:5432/${service}`,
  }),
  events: () => ({ AMQP_URL: `amqp://slipway:${secret('AMQP_PASSWORD')}@rabbitmq:5672` }),
  objects: (service) => ({
    S3_BUCKET: `slipway-${service}`,
    S3_ENDPOINT: 'http://s3:8333',
    S3_PUBLIC_ENDPOINT: '*objects-url',
    S3_ACCESS_KEY_ID: 'slipway',
    S3_SECRET_ACCESS_KEY: secret('S3_SECRET_ACCESS_KEY'),
    CLAMD_URL: '${CLAMD_URL:-}',
  }),
}

/** Secrets that `.env` must hold for compose. */
export const composeSecrets = (): string[] => [
  'POSTGRES_PASSWORD',
  'AMQP_PASSWORD',
  ...(storing.length > 0 ? ['S3_SECRET_ACCESS_KEY'] : []),
  ...services.filter(({ needs }) => needs.includes('database')).map(({ name }) => databasePassword(name)),
]

/** The services' part of docker-compose.yml: for each its migrations, itself, and its worker apart (profile `workers`). */
export function composeServices(): string[] {
  return services.flatMap((service) => [
    ...migration(service),
    ...main(service),
    ...worker(service),
    ...bucket(service),
  ])
}

/** `DATABASE_PASSWORD_…` for the set-up of databases, and what the edge waits for. */
export const databasePasswords = () =>
  services
    .filter(({ needs }) => needs.includes('database'))
    .map(({ name }) => `      ${databasePassword(name)}: ${quoted(secret(databasePassword(name)))}`)

const image = (name: string) => `slipway/${name}:\${SLIPWAY_VERSION:-dev}`

function migration({ name, needs }: ServiceEntry): string[] {
  if (!needs.includes('database')) return []
  const [[variable, value] = []] = Object.entries(deployment.database(name))
  return [
    `  ${name}-migrate:`,
    '    <<: *once',
    `    image: ${image(name)}`,
    '    command: [migrate, up]',
    `    environment: { ${variable}: ${quoted(value!)} }`,
    '    depends_on: { databases: { condition: service_completed_successfully } }',
  ]
}

function main(service: ServiceEntry): string[] {
  const { name } = service
  const variables = Object.entries(environmentOf(service, deployment)).filter(
    // the same for all: in x-settings
    ([variable]) => variable !== 'PUBLIC_URL' && variable !== 'TOKEN_ISSUER',
  )
  return [
    `  ${name}:`,
    '    <<: *service',
    `    image: ${image(name)}`,
    `    build: { <<: *build, args: { <<: *arguments, SERVICE: ${name} } }`,
    `    environment: &${name}`,
    '      <<: *settings',
    ...variables.map(([variable, value]) => `      ${variable}: ${quoted(replaceable(service, variable) ?? value)}`),
    ownSettings(name),
    ...waits(service),
    '    develop: *develop',
  ]
}

/** Any other setting of one service. */
const ownSettings = (name: string) => `    env_file: [{ path: .env.${name}, required: false }]`

/** A plain value in the list is a default: `.env` may say otherwise. */
function replaceable({ settings, developmentSettings }: ServiceEntry, variable: string): string | undefined {
  const template = { ...settings, ...developmentSettings }[variable]
  return template !== undefined && !template.includes('{') ? `\${${variable}:-${template}}` : undefined
}

const worker = (service: ServiceEntry) => [
  `  ${service.name}-worker:`,
  '    <<: *service',
  `    image: ${image(service.name)}`,
  '    profiles: [workers]',
  `    environment: { <<: *${service.name}, ROLE: worker }`,
  ownSettings(service.name),
  ...waits(service),
]

/** The service makes its bucket itself, before it serves. */
const bucket = ({ name, needs }: ServiceEntry) =>
  needs.includes('objects')
    ? [
        `  ${name}-bucket:`,
        '    <<: *once',
        `    image: ${image(name)}`,
        '    command: [bucket]',
        `    environment: *${name}`,
        '    depends_on: { s3: { condition: service_healthy } }',
      ]
    : []

function waits({ name, needs }: ServiceEntry): string[] {
  const conditions = [
    ...(needs.includes('database') ? [`${name}-migrate: { condition: service_completed_successfully }`] : []),
    ...(needs.includes('events') ? ['rabbitmq: { condition: service_healthy }'] : []),
    ...(needs.includes('objects') ? [`${name}-bucket: { condition: service_completed_successfully }`] : []),
  ]
  return conditions.length > 0 ? ['    depends_on:', ...conditions.map((line) => `      ${line}`)] : []
}

/** As YAML reads it back. */
export const quoted = (value: string) =>
  /^[\w.*-]+$/.test(value) && !/^(true|false|\d.*)$/.test(value) ? value : `'${value}'`
