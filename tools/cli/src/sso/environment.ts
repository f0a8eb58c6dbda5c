import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Environment } from '@slipway/config'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/**
 * Settings for a command of SSO: the given ones where they name a database, else those of the platform in `.slipway`.
 * What that one was given instead of keeping it, as in production, is to be given here as well.
 */
export function ssoEnvironment(given: Environment): Environment | undefined {
  if (given['DATABASE_URL']) return given
  const dataDir = resolve(root, given['SLIPWAY_DATA_DIR'] ?? '.slipway')
  const kept = read(join(dataDir, 'secrets.json'), (text) => JSON.parse(text) as Record<string, string>)
  const password = given['POSTGRES_PASSWORD'] || kept?.['POSTGRES_PASSWORD']
  // PostgreSQL documents this file: the fourth line is the port
  const port = read(join(dataDir, 'postgres', 'postmaster.pid'), (text) => text.split('\n')[3])
  if (!password || !port) return undefined
  const origin = given['PUBLIC_URL'] || 'http://127.0.0.1:3000'
  const database = (name: string) => `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
  return {
    PUBLIC_URL: origin,
    SSO_URL: `${origin}/sso`,
    TOKEN_ISSUER: `${origin}/sso`,
    LOG_LEVEL: 'warn',
    FILES_URL: `${origin}/files`,
    SIGNING_KEY_SECRET: kept?.['SIGNING_KEY_SECRET'],
    ...given,
    DATABASE_URL: given['DATABASE_URL_SSO'] ?? database('sso'),
    EVENTS_DATABASE_URL: database('events'),
  }
}

function read<T>(file: string, parse: (text: string) => T): T | undefined {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // it is not there, or not ours
  }
}
