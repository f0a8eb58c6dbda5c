import { randomBytes } from 'node:crypto'
import { appendFileSync, chmodSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { composeSecrets } from '../compose/services.ts'
import { secretsOf } from '../environment.ts'
import { services } from '../services.ts'

const neededSecrets = () => [...new Set([...composeSecrets(), ...services.flatMap((service) => secretsOf(service))])]

/**
 * Adds to a file of variables (mode 600) a random value for every secret that compose needs and the file lacks. What is
 * there is never changed: databases were set up with it.
 */
export function writeEnv(file: string): { added: string[] } {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600))
  chmodSync(file, 0o600)
  const text = readFileSync(file, 'utf8')
  const present = new Set([...text.matchAll(/^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name))
  const added = neededSecrets().filter((name) => !present.has(name))
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  if (added.length > 0) appendFileSync(file, separator + added.map((name) => `${name}=${secret()}\n`).join(''))
  return { added }
}

/** URL-safe, as most of them stand in addresses. */
const secret = () => randomBytes(24).toString('base64url')
