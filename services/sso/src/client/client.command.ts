import { parseArgs } from 'node:util'
import { WrongCommand, type ServiceCommand } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { allPermissions } from '../role/roles.ts'
import type { ListedClient } from './client.store.ts'
import { isDeclared, platformClient } from './clients.ts'
import { createClient } from './create-client.ts'
import { rotateClient } from './rotate-client.ts'

const usage = `client create <id> [--audience <service>]... [--permission <name>]...
client rotate <id> [--drop-old]   another secret; the one before goes on unless it is dropped
client list`

const options = {
  audience: { type: 'string', multiple: true, default: [] as string[] },
  permission: { type: 'string', multiple: true, default: [] as string[] },
  'drop-old': { type: 'boolean', default: false },
} as const

type CommandDeps = Pick<Deps, 'clients' | 'transaction' | 'clock' | 'settings'>

/** Looks after clients; a secret is printed once, and kept nowhere. */
export const clientCommand =
  (deps: CommandDeps): ServiceCommand =>
  async (args) => {
    const { verb, id, given } = read(args)
    if (verb === 'list' && id === undefined) return (await deps.clients.list()).flatMap(describe)
    if (verb === 'create' && id !== undefined) {
      const { audience: audiences, permission: permissions } = given
      return credentials(id, await createClient(checked({ id, audiences, permissions }), deps))
    }
    if (verb === 'rotate' && id !== undefined)
      return [
        ...credentials(id, await rotateClient(id, { overlap: !given['drop-old'] }, deps)),
        ...(isDeclared(id) ? ['# the secrets in SERVICE_CLIENTS count as well, as long as they are listed'] : []),
      ]
    throw new WrongCommand(usage)
  }

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [verb, id, ...more] = positionals
    if (more.length === 0) return { verb, id, given: values }
  } catch (error) {
    throw new WrongCommand(`${(error as Error).message}\n${usage}`)
  }
  throw new WrongCommand(usage)
}

const name = /^[a-z][a-z0-9-]{0,62}$/

function checked(client: { id: string; audiences: string[]; permissions: string[] }) {
  const known = new Set(allPermissions().map(([permission]) => permission))
  const wrong = [
    ...[client.id, ...client.audiences].filter((text) => !name.test(text)).map((text) => `${text} is not a name`),
    ...(client.id === platformClient ? [`${client.id} is the client of people`] : []),
    ...client.permissions.filter((text) => !known.has(text)).map((text) => `there is no permission ${text}`),
  ]
  if (wrong.length > 0) throw new WrongCommand(wrong.join('\n'))
  return client
}

const credentials = (id: string, secret: string) => [`client_id=${id}`, `client_secret=${secret}`]

const list = (texts: readonly string[]) => texts.join(' ') || '-'

function describe({ id, audiences, permissions, secrets }: ListedClient): string[] {
  return [
    `${id}  audiences: ${list(audiences)}  permissions: ${list(permissions)}`,
    ...secrets.map(
      ({ fromSettings, createdAt }) =>
        `  secret of ${createdAt.toISOString()}${fromSettings ? ', from SERVICE_CLIENTS' : ''}`,
    ),
  ]
}
