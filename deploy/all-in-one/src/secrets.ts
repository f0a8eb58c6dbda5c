import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { secretsOf, services } from '@slipway/platform'
import { Refusal } from './refusal.ts'

const needed = (production: boolean) =>
  services
    .filter(({ development }) => !(production && development))
    .flatMap((service) => secretsOf(service, { production }))

const always = ['POSTGRES_PASSWORD', 'DISK_STORE_SECRET', ...new Set(needed(true))]

/** What is made at the first start where the environment does not say it; some only development needs. */
export const generatedSecrets: readonly { name: string; development: boolean }[] = [
  ...new Set([...always, ...needed(false)]),
].map((name) => ({ name, development: !always.includes(name) }))

export type Secrets = Readonly<Record<string, string>>

const collect = (value: (name: string) => string): Secrets =>
  Object.fromEntries(generatedSecrets.map(({ name }) => [name, value(name)]))

/**
 * Secrets from the environment, or else those kept in `secrets.json` (mode 600), made where missing; in production
 * from the environment only.
 *
 * @throws Refusal
 */
export function readSecrets(dataDir: string, environment: Environment, production: boolean): Secrets {
  if (production) return collect((name) => environment[name] ?? '')
  const file = join(dataDir, 'secrets.json')
  const kept = readKept(file)
  const made = collect((name) => kept[name] ?? randomBytes(24).toString('base64url'))
  if (generatedSecrets.some(({ name }) => kept[name] === undefined)) keep(file, made)
  return collect((name) => environment[name] || made[name]!)
}

function readKept(file: string): Partial<Secrets> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Refusal(`The secrets in ${file} cannot be read: ${(error as Error).message}.`)
  }
  try {
    return JSON.parse(text) as Partial<Secrets>
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
