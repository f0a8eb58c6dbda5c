import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { embeddedSecrets, secretsOf, services } from '@slipway/platform'
import { Refusal } from './refusal.ts'

/** Names of the secrets that are needed: in development they are made at the first start, in production they must be given. */
export function secretNames({ production }: { production: boolean }): string[] {
  const entries = services.filter(({ development }) => !(production && development))
  return [...new Set([...embeddedSecrets, ...entries.flatMap((service) => secretsOf(service, { production }))])]
}

export type Secrets = Readonly<Record<string, string>>

const collect = (names: readonly string[], value: (name: string) => string): Secrets =>
  Object.fromEntries(names.map((name) => [name, value(name)]))

/**
 * Secrets from the environment, or else those kept in `secrets.json` (mode 600), made where missing; in production
 * from the environment only.
 *
 * @throws Refusal
 */
export function readSecrets(dataDir: string, environment: Environment, production: boolean): Secrets {
  const names = secretNames({ production })
  if (production) return collect(names, (name) => environment[name] ?? '')
  const file = join(dataDir, 'secrets.json')
  const kept = readKept(file)
  const made = collect(names, (name) => kept[name] ?? randomBytes(24).toString('base64url'))
  if (names.some((name) => kept[name] === undefined)) keep(file, { ...kept, ...made })
  return collect(names, (name) => environment[name] || made[name]!)
}

function readKept(file: string): Secrets {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Refusal(`The secrets in ${file} cannot be read: ${(error as Error).message}.`)
  }
  try {
    return JSON.parse(text) as Secrets
  } catch {
    throw new Refusal(
      `${file} is damaged. Restore it from a backup, or begin anew with --reset: without it the data cannot be opened.`,
    )
  }
}

/** Whole or not at all, also when the power fails. */
function keep(file: string, secrets: Secrets) {
  const fresh = `${file}.new`
  const descriptor = openSync(fresh, 'w', 0o600)
  writeSync(descriptor, `${JSON.stringify(secrets, null, 2)}\n`)
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(fresh, file)
}
