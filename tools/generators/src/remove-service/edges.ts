import { posix } from 'node:path'
import { visitNotIgnoredFiles, type Tree } from '@nx/devkit'
import { constant } from '../words.ts'
import { entries, scopeOf } from '../workspace.ts'

/** Who uses a service, each in a sentence; empty when nobody does. Its own folders are not looked at. */
export function findEdges(tree: Tree, name: string): string[] {
  const listed = entries(tree).flatMap((entry) => [
    ...(entry.calls.includes(name) ? [`${entry.name} calls ${name} (services.json)`] : []),
    ...(entry.reaches?.includes(name) ? [`${entry.name} reaches ${name} (services.json)`] : []),
    ...(JSON.stringify(entry).includes(`{url:${name}}`)
      ? [`a setting of ${entry.name} is the address of ${name} (services.json)`]
      : []),
  ])
  const scope = scopeOf(tree)
  const modules = [`'${scope}/${name}'`, `'${scope}/contracts/${name}'`]
  const found: string[] = []
  for (const path of textsIn(tree, ['services', 'libs', 'deploy', 'tools'], '.ts'))
    if (modules.some((module) => tree.read(path, 'utf8')!.includes(module))) found.push(`${path} imports it`)
  for (const path of documents(tree))
    if (tree.read(path, 'utf8')!.includes(`services/${name}/`)) found.push(`${path} shows or links to it`)
  return [...listed, ...found]
}

/** Rows of tables and items of lists that are about the service: `| [services/files](services/files/README.md) | … |` */
export function removeRows(tree: Tree, name: string) {
  const about = new RegExp(`^(\\||[-*] ).*(\\]\\([./]*(services/)?${name}/README\\.md\\)|\`services/${name}/)`)
  for (const path of ['README.md', 'services/README.md', 'SECURITY.md'].filter((file) => tree.exists(file))) {
    const lines = tree.read(path, 'utf8')!.split('\n')
    tree.write(path, lines.filter((line) => !about.test(line)).join('\n'))
  }
}

/** Guides all of whose examples are of the service, and the rows of tables that lead to them. Answers the guides. */
export function removeGuides(tree: Tree, name: string): string[] {
  const guides = documents(tree).filter((path) => {
    const shown = [...tree.read(path, 'utf8')!.matchAll(/^<!-- example: (\S+)#/gm)].map(([, file = '']) => file)
    return (
      path.startsWith('docs/guides/') && shown.length > 0 && shown.every((file) => file.startsWith(`services/${name}/`))
    )
  })
  for (const guide of guides) {
    tree.delete(guide)
    for (const path of documents(tree)) {
      const lines = tree.read(path, 'utf8')!.split('\n')
      const leads = (line: string) =>
        line.startsWith('|') &&
        [...line.matchAll(/\]\(([^)#\s]+)/g)].some(([, to = '']) => posix.join(posix.dirname(path), to) === guide)
      if (lines.some(leads)) tree.write(path, lines.filter((line) => !leads(line)).join('\n'))
    }
  }
  return guides
}

/** Tests of the whole platform that ask the service itself. Answers them. */
export function removePlatformTests(tree: Tree, name: string): string[] {
  const tests = textsIn(tree, ['deploy/all-in-one'], '.test.ts').filter((path) =>
    tree.read(path, 'utf8')!.includes(`/${name}/v1/`),
  )
  for (const path of tests) tree.delete(path)
  return tests
}

/** `see [files](../../services/files/README.md)` becomes `see files`, wherever documents lead to what is gone. */
export function removeLinks(tree: Tree, name: string) {
  const isGone = (path: string) => [`services/${name}/`, `libs/contracts/${name}/`].some((at) => path.startsWith(at))
  for (const path of documents(tree)) {
    const text = tree.read(path, 'utf8')!
    const fresh = text.replaceAll(/\[([^\]]*)\]\(([^)\s]+)\)/g, (link, label: string, target: string) =>
      isGone(posix.join(posix.dirname(path), target)) ? label : link,
    )
    if (fresh !== text) tree.write(path, fresh)
  }
}

const documents = (tree: Tree) =>
  textsIn(tree, ['docs', 'services', 'libs', 'deploy', 'tools', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'], '.md')

export const addressOf = (name: string) => `${constant(name)}_URL`

export function textsIn(tree: Tree, places: readonly string[], ending: string): string[] {
  const paths: string[] = []
  for (const place of places) {
    if (tree.isFile(place)) paths.push(place)
    else if (tree.exists(place)) visitNotIgnoredFiles(tree, place, (path) => void paths.push(path))
  }
  return paths.filter((path) => path.endsWith(ending) && tree.exists(path))
}
