import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Environment } from '@slipway/config'
import { findEmbeddedPostgres } from '@slipway/embedded-postgres'

/** A sentence for whoever typed the command: why it cannot be done, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** As npm start finds it. */
export const dataDirOf = (option: string | undefined, environment: Environment): string =>
  resolve(root, option ?? environment['SLIPWAY_DATA_DIR'] ?? '.slipway')

export interface BrokerPlace {
  AMQP_URL?: string
  AMQP_PREFIX?: string
  EVENTS_DATABASE_URL?: string
}

/**
 * Where events travel: by `AMQP_URL`, by `EVENTS_DATABASE_URL`, or in the platform that `npm start` runs on the data
 * folder.
 *
 * @throws Refusal
 */
export async function findBroker(environment: Environment, dataDir: string): Promise<BrokerPlace> {
  const { AMQP_URL, AMQP_PREFIX } = environment
  if (AMQP_URL) return { AMQP_URL, ...(AMQP_PREFIX && { AMQP_PREFIX }) }
  const url = environment['EVENTS_DATABASE_URL'] ?? environment['DATABASE_URL_EVENTS']
  return { EVENTS_DATABASE_URL: url || (await embeddedUrl(environment, dataDir, 'events', 'AMQP_URL')) }
}

/** @throws Refusal */
export async function findDatabase(environment: Environment, dataDir: string, service: string): Promise<string> {
  const variable = `DATABASE_URL_${service.toUpperCase().replaceAll('-', '_')}`
  const given = environment[variable] ?? environment['DIRECT_DATABASE_URL'] ?? environment['DATABASE_URL']
  return given || embeddedUrl(environment, dataDir, service, variable)
}

async function embeddedUrl(environment: Environment, dataDir: string, database: string, variable: string) {
  const password = environment['POSTGRES_PASSWORD'] || keptPassword(dataDir)
  const postgres = password && (await findEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), password }))
  if (postgres) return postgres.url(database)
  throw new Refusal(
    `No platform runs on ${dataDir}: start it with npm start, say where its data is with --data-dir, or set ${variable}.`,
  )
}

function keptPassword(dataDir: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>)[
      'POSTGRES_PASSWORD'
    ]
  } catch {
    return undefined
  }
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', 'EAI_AGAIN'])
const refused = new Set(['28P01', '28000', '3D000', '403', '530'])

/** An error in a sentence; nothing for what nobody foresaw. Never a password: drivers' messages hold host and port only. */
export function explainFailure(error: unknown, place: string): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof AggregateError && error.errors.length > 0) return explainFailure(error.errors[0], place)
  const code = String((error as { code?: unknown }).code ?? '')
  if (unreachable.has(code)) return `${place} cannot be reached: ${error.message || code}.`
  if (refused.has(code) || /ACCESS.REFUSED/i.test(error.message)) return `${place} refuses us: ${error.message}.`
  return undefined
}
