import { formatFiles, updateJson, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards, documentation, install, manifests } from '../afterwards.ts'
import { addImport, addToList, edit, replace } from '../edit.ts'
import { checkClean, refuse } from '../refusal.ts'
import { camel, constant, pascal } from '../words.ts'
import { entryOf, listPath, readPackage, scopeOf } from '../workspace.ts'
import { buildClient } from './build-client.ts'
import { neighbourInTests } from './neighbour-in-tests.ts'

export interface ClientOptions {
  /** Who calls. */
  service: string
  /** Who is called. */
  owner: string
  allowDirty?: boolean
  skipInstall?: boolean
}

/** `nx g slipway:client orders cart`: orders can call cart. @throws Refusal before anything is written */
export async function clientGenerator(tree: Tree, options: ClientOptions): Promise<GeneratorCallback> {
  const { service, owner } = options
  const { calls } = entryOf(tree, service)
  entryOf(tree, owner)
  const contract = `libs/contracts/${owner}`
  refuse([
    ...(service === owner ? [`${service} does not call itself`] : []),
    ...(calls.includes(owner) ? [`${service} calls ${owner} already`] : []),
    ...(tree.exists(`${contract}/client.ts`)
      ? []
      : [`${owner} publishes no client: ${contract}/client.ts is not there`]),
  ])
  checkClean(tree, options)

  const scope = scopeOf(tree)
  const src = `services/${service}/src`
  edit(tree, listPath, (text) => addCall(text, service, owner))
  updateJson(tree, `services/${service}/package.json`, (json: { dependencies: Record<string, string> }) => ({
    ...json,
    dependencies: Object.fromEntries(
      Object.entries({ ...json.dependencies, [`${scope}/s2s`]: readPackage(tree, 'libs/s2s').version }).sort(
        ([a], [b]) => a.localeCompare(b),
      ),
    ),
  }))
  edit(tree, `${src}/config.ts`, (text) => addSettings(text, scope, owner))
  const client = {
    variable: camel(owner),
    Client: `${pascal(owner)}Client`,
    URL: `${constant(owner)}_URL`,
    owner,
    scope,
  }
  edit(tree, `${src}/deps.ts`, (text) => buildClient(text, client, `${src}/deps.ts`))
  neighbourInTests(tree, { service, owner, scope })
  allowAtSso(tree, service, owner)
  await formatFiles(tree)

  return afterwards(tree.root, options.skipInstall ? [] : [install, manifests, documentation], [
    `${service} can call ${owner}: deps.${client.variable}, on behalf of a user with exchange(caller).`,
    `In tests: neighbours.${client.variable}.replies(${client.variable}Contract.…, { status, json }).`,
  ])
}

/** In the text of the list, which stays laid out as it is. */
function addCall(list: string, service: string, owner: string): string {
  const begin = list.indexOf(`"name": "${service}"`)
  return (
    list.slice(0, begin) +
    list.slice(begin).replace(/"calls": \[([^\]]*)\]/, (_, calls: string) => {
      const names = [...calls.matchAll(/"([^"]+)"/g)].map(([quoted]) => quoted)
      return `"calls": [${[...names, `"${owner}"`].join(', ')}]`
    })
  )
}

function addSettings(text: string, scope: string, owner: string): string {
  const variable = `  ${constant(owner)}_URL: Type.String({ format: 'uri', description: 'Address of ${owner} with its prefix' }),\n`
  const path = 'config.ts'
  if (text.includes('...s2sVariables,'))
    return replace(text, '  ...s2sVariables,\n', `  ...s2sVariables,\n${variable}`, path)
  return addImport(
    replace(text, '  ...brokerVariables,\n', `  ...brokerVariables,\n  ...s2sVariables,\n${variable}`, path),
    `import { s2sVariables } from '${scope}/s2s'`,
  )
}

/** What SSO gives it tokens for; a fork may have another identity provider in its place. */
function allowAtSso(tree: Tree, service: string, owner: string) {
  const path = 'services/sso/src/client/clients.ts'
  if (!tree.exists(path)) return
  edit(tree, path, (text) => {
    const entry = `  { id: '${service}', permissions: [], audiences: ['${owner}'] },\n]`
    if (!text.includes(`{ id: '${service}'`))
      return replace(text, /(?<=: readonly Client\[\] = \[[^;]*?\n)\]/, entry, path)
    return addToList(text, new RegExp(`\\{ id: '${service}',[^}]*audiences: \\[([^\\]]*)\\]`), `'${owner}'`, path)
  })
}
