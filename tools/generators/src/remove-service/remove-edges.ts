import { posix } from 'node:path'
import type { Tree } from '@nx/devkit'
import { edit } from '../edit.ts'
import { camel } from '../words.ts'
import { entries, listPath, scopeOf } from '../workspace.ts'
import { addressOf, removeLinks, textsIn } from './edges.ts'
import { forgetTokens } from './forget-tokens.ts'
import { withoutModule } from './unregister.ts'
import { withoutImports, withoutNames, withoutUnused } from './without-names.ts'

/**
 * What other services use the service for, as far as it stands by itself: routes and jobs with their tests, the client in
 * `deps.ts`, the address in `config.ts`, links of documents. Answers what was deleted. The rest is still there, for
 * `findEdges` to name.
 */
export function removeEdges(tree: Tree, name: string): string[] {
  edit(tree, listPath, (text) => removeFromList(text, name))
  removeLinks(tree, name)
  return entries(tree).flatMap((entry) => {
    const src = `services/${entry.name}/src`
    const module = `${scopeOf(tree)}/contracts/${name}`
    const files = textsIn(tree, [src], '.ts')
    const using = files.filter((path) => usesService(tree.read(path, 'utf8')!, module, camel(name)))
    if (using.length === 0) return []
    const useCases = using.filter(standsByItself)
    const deleted = [
      ...new Set(useCases.flatMap((path) => [path, path.replace(/(?<!\.test)\.ts$/, '.test.ts')])),
    ].filter((path) => tree.exists(path))
    const routes = deleted.flatMap((path) => routesIn(tree.read(path, 'utf8')!, entry.name))
    for (const path of deleted) tree.delete(path)
    for (const path of files.filter((file) => tree.exists(file))) {
      withoutFiles(tree, path, deleted)
      if (/\/(deps|config|testing\/[\w.-]+)\.ts$/.test(path)) withoutModule(tree, path, module)
      if (path.endsWith('/testing/universal.test.ts')) edit(tree, path, (text) => withoutNames(text, routes).text)
    }
    edit(tree, `${src}/config.ts`, (text) => withoutNames(text, [addressOf(name)]).text)
    edit(tree, `${src}/app.ts`, (text) => text.replaceAll(/\n *(jobs|periodicJobs): \(\w*\) => \[\],\n/g, '\n'))
    if (entry.calls.length === 0) forgetTokens(tree, src)
    forgetUnused(tree, files)
    return deleted
  })
}

/** Imports that nothing uses any more, and helpers of tests that help nobody. */
function forgetUnused(tree: Tree, files: readonly string[]) {
  const changed = new Set(tree.listChanges().map(({ path }) => path))
  for (const path of files.filter((file) => changed.has(file) && tree.exists(file))) edit(tree, path, withoutUnused)
  const empty = files.filter(
    (path) =>
      changed.has(path) &&
      /\/testing\/.*(?<!\.test)\.ts$/.test(path) &&
      tree.exists(path) &&
      !/^export /m.test(tree.read(path, 'utf8')!),
  )
  for (const path of empty) tree.delete(path)
  for (const path of files.filter((file) => empty.length > 0 && tree.exists(file))) withoutFiles(tree, path, empty)
}

const usesService = (text: string, module: string, variable: string) =>
  text.includes(`'${module}'`) || new RegExp(`deps\\.${variable}\\b|Pick<Deps,[^>]*'${variable}'`).test(text)

/** A use case of its own, or the test of one. */
const standsByItself = (path: string) =>
  /\.(route|job)\.ts$/.test(path) || (/\.test\.ts$/.test(path) && !path.includes('/testing/'))

/** `POST /cart/v1/products/:productId/image`: what the universal tests call the routes of a file. */
const routesIn = (text: string, service: string) =>
  [...text.matchAll(/app\.(get|post|put|patch|delete)\(\s*'([^']+)'/g)].map(
    ([, method = '', path]) => `${method.toUpperCase()} /${service}${path}`,
  )

/** A file without the imports of deleted ones, and what used them. A test of a deleted file goes as well. */
function withoutFiles(tree: Tree, path: string, deleted: readonly string[]) {
  const isDeleted = (module: string) =>
    module.startsWith('.') && deleted.includes(posix.join(posix.dirname(path), module))
  const cut = withoutImports(tree.read(path, 'utf8')!, isDeleted)
  if (cut.names.length > 0) tree.write(path, withoutNames(cut.text, cut.names).text)
}

/** `calls`, `reaches` and settings that are the service's address, in a text laid out as it is. */
function removeFromList(list: string, name: string): string {
  return list
    .replaceAll(/"(calls|reaches)": \[([^\]]*)\]/g, (_, field: string, names: string) => {
      const kept = [...names.matchAll(/"([^"]+)"/g)].map(([, found]) => found).filter((found) => found !== name)
      return `"${field}": [${kept.map((found) => `"${found}"`).join(', ')}]`
    })
    .replaceAll(new RegExp(`,?\\s*"[A-Z0-9_]+": "[^"]*\\{url:${name}\\}[^"]*"`, 'g'), '')
    .replaceAll(/\{\s*,/g, '{')
}
