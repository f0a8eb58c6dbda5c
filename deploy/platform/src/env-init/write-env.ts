import { randomBytes } from 'node:crypto'
import { appendFileSync, chmodSync, closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { composeSecrets } from '../compose/services.ts'
import { embeddedSecrets, givenSecrets, secretsOf } from '../environment.ts'
import { services } from '../services.ts'

const forCompose = () => [...composeSecrets(), ...services.flatMap((service) => secretsOf(service))]

const lasting = services.filter(({ development }) => !development)
const forOneServer = () => {
  const given = lasting.flatMap(givenSecrets)
  const needed = lasting.flatMap((service) => secretsOf(service, { production: true }))
  return [...embeddedSecrets, ...needed.filter((name) => !given.includes(name))]
}

/** What the all-in-one in production is told beside its secrets; what only people know stands there to be filled in. */
const settings = () => [
  'PORT=3000',
  '# the proxy with the certificate is on this machine: it says where requests come from',
  'TRUST_PROXY=loopback',
  '# the address by which browsers come',
  '#PUBLIC_URL=https://shop.example',
  '# from the payment provider',
  ...lasting.flatMap(givenSecrets).map((name) => `#${name}=`),
]

/**
 * Adds to a file of variables a random value for every secret that is needed and not there: by compose, or by the
 * all-in-one in production. What is there is never changed: databases were set up with it. A file that is made is for
 * its owner alone; one that is there loses what others may do with it.
 */
export function writeEnv(file: string, { production = false } = {}): { added: string[] } {
  const fresh = !existsSync(file)
  if (fresh) closeSync(openSync(file, 'wx', 0o600))
  chmodSync(file, statSync(file).mode & (production ? 0o640 : 0o600))
  if (fresh && production) appendFileSync(file, settings().join('\n') + '\n')
  const text = readFileSync(file, 'utf8')
  const present = new Set([...text.matchAll(/^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name))
  const needed = new Set(production ? forOneServer() : forCompose())
  const added = [...needed].filter((name) => !present.has(name))
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  if (added.length > 0) appendFileSync(file, separator + added.map((name) => `${name}=${secret()}\n`).join(''))
  return { added }
}

/** URL-safe, as most of them stand in addresses. */
const secret = () => randomBytes(24).toString('base64url')
