import { updateJson, type Tree } from '@nx/devkit'
import { edit, endOfBracket } from '../edit.ts'
import { listPath, scopeOf } from '../workspace.ts'
import { withoutImports, withoutNames } from './without-names.ts'

/** The reverse of `registerService`: the service's own entries, which say nothing of who uses it. */
export function unregisterService(tree: Tree, name: string) {
  const scope = scopeOf(tree)
  edit(tree, listPath, (text) => removeEntry(text, name))
  withoutModule(tree, 'deploy/all-in-one/src/services.ts', `${scope}/${name}`)
  updateJson(tree, 'deploy/all-in-one/package.json', (json: { dependencies: Record<string, string> }) => {
    delete json.dependencies[`${scope}/${name}`]
    return json
  })
  if (tree.exists('services/sso/src/role/roles.ts'))
    withoutModule(tree, 'services/sso/src/role/roles.ts', `${scope}/contracts/${name}`)
  if (tree.exists('services/sso/src/client/clients.ts'))
    edit(tree, 'services/sso/src/client/clients.ts', (text) =>
      text
        .replace(new RegExp(`\\n *\\{ id: '${name}',[^}]*\\},`), '')
        .replaceAll(/audiences: \[([^\]]*)\]/g, (_, list: string) => {
          const kept = list
            .split(',')
            .map((item) => item.trim())
            .filter((item) => item !== '' && item !== `'${name}'`)
          return `audiences: [${kept.join(', ')}]`
        }),
    )
  for (const folder of ['base', 'components/development']) tree.delete(`k8s/${folder}/${name}.yaml`)
  forgetMetrics(tree, name)
}

/** The dashboard of the service, and its group of alerts and of their tests. */
function forgetMetrics(tree: Tree, name: string) {
  const folder = 'deploy/observability'
  tree.delete(`${folder}/grafana/dashboards/${name}.json`)
  for (const path of ['alerts.yaml', 'alerts.test.yaml'].map((file) => `${folder}/prometheus/${file}`))
    if (tree.exists(path))
      edit(tree, path, (text) => text.replace(new RegExp(`\\n+  - name: ${name}\\n(?:\\n*   .*)*`), ''))
}

/** A file without the import of a module and what used it. */
export function withoutModule(tree: Tree, path: string, module: string): string[] {
  let left: string[] = []
  edit(tree, path, (text) => {
    const cut = withoutImports(text, (found) => found === module)
    const rest = withoutNames(cut.text, cut.names)
    left = rest.left
    return rest.text
  })
  return left
}

/** The object of the list that has this name, in a text laid out as it is. */
function removeEntry(list: string, name: string): string {
  const at = list.indexOf(`"name": "${name}"`)
  const begin = list.lastIndexOf('{', at)
  const end = endOfBracket(list, begin, ['{', '}'])
  const before = list.slice(0, begin).replace(/,?\s*$/, '')
  const after = list.slice(end).replace(/^,/, '')
  const isFirst = before.endsWith('[')
  return `${before}${isFirst || after.trimStart().startsWith(']') ? '' : ','}${after}`
}
