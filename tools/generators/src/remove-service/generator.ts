import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards, documentation, install, manifests } from '../afterwards.ts'
import { checkClean, refuse } from '../refusal.ts'
import { entryOf } from '../workspace.ts'
import { findEdges, removeGuides, removePlatformTests, removeRows } from './edges.ts'
import { removeEdges } from './remove-edges.ts'
import { unregisterService } from './unregister.ts'

export interface RemoveServiceOptions {
  name: string
  withEdges?: boolean
  allowDirty?: boolean
  skipInstall?: boolean
}

/** `nx g slipway:remove-service files`. @throws Refusal before anything is written */
export async function removeServiceGenerator(tree: Tree, options: RemoveServiceOptions): Promise<GeneratorCallback> {
  const { name, withEdges = false } = options
  entryOf(tree, name)
  refuse(
    name === 'sso'
      ? ['Everybody verifies tokens of sso: docs/guides/replace-sso.md tells how to put another in its place']
      : [],
  )
  checkClean(tree, options)

  unregisterService(tree, name)
  tree.delete(`services/${name}`)
  tree.delete(`libs/contracts/${name}`)
  removeRows(tree, name)
  const alone = [...removeGuides(tree, name), ...removePlatformTests(tree, name)]
  const edges = findEdges(tree, name)
  if (edges.length > 0 && !withEdges)
    refuse([...edges, `Others depend on ${name}: change them first, or remove what uses it with --with-edges`])
  const removed = removeEdges(tree, name)
  const left = findEdges(tree, name)
  refuse(
    left.length > 0 ? [...left, `These are more than an edge: change them by hand first, then remove ${name}`] : [],
  )
  await formatFiles(tree)

  return afterwards(tree.root, options.skipInstall ? [] : [install, manifests, documentation], [
    `${name} is gone.`,
    ...[...alone, ...removed].map((path) => `  with it went ${path}`),
    'Its database, queues and secrets stay where they are: drop them when nobody needs them.',
    '  npm test && npm run lint && npm run typecheck',
  ])
}
