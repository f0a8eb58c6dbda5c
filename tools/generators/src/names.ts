import type { Tree } from '@nx/devkit'

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Words that JavaScript keeps for itself. */
const reserved = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static ' +
    'super switch this throw true try typeof var void while with yield arguments eval undefined'
  ).split(' '),
)

/** Databases, containers and paths of the platform itself. */
const taken = new Set(
  'bucket databases docs edge events health internal metrics postgres primitives public rabbitmq template0 template1'.split(
    ' ',
  ),
)

/** What generated code calls something else. */
const used = new Set(
  (
    'any array boolean caller client clock contract database date deps env error event events id job map number object ' +
    'outbox page permission person prisma problem promise record request route row service set settings sql stranger ' +
    'string symbol test tx type user'
  ).split(' '),
)

const asKebab = 'must be lower-case words joined by hyphens, such as gift-cards'

/** Why a service cannot be called so. */
export function wrongServiceName(tree: Tree, name: string): string[] {
  if (!kebab.test(name)) return [`"${name}" ${asKebab}`]
  return [
    ...(name.length > 40 ? [`${name} is longer than 40 characters, which Kubernetes and PostgreSQL cut`] : []),
    ...(reserved.has(name) || taken.has(name)
      ? [`${name} is a name that the language or the platform uses itself`]
      : []),
    ...(/-(worker|migrate|api|metrics)$/.test(name) ? [`${name} ends like a part of another service`] : []),
    ...[`services/${name}`, `libs/contracts/${name}`, `libs/${name}`]
      .filter((folder) => tree.exists(folder))
      .map((folder) => `${folder} is there already`),
  ]
}

/** Why what the service is about cannot be called so. */
export function wrongEntityName(entity: string): string[] {
  if (!kebab.test(entity)) return [`--entity "${entity}" ${asKebab}`]
  return reserved.has(entity) || used.has(entity)
    ? [`${entity} means something else in generated code: say what it is about with --entity`]
    : []
}

/** Why a file, route, job or migration cannot be called so. */
export const wrongFileName = (name: string, what: string) => (kebab.test(name) ? [] : [`${what} "${name}" ${asKebab}`])
