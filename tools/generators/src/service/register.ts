import { updateJson, type Tree } from '@nx/devkit'
import { addImport, addLineAfterLast, addToList, edit, replace } from '../edit.ts'
import { entries, listPath } from '../workspace.ts'

interface Registered {
  name: string
  scope: string
  version: string
  variable: string
  description: string
}

const allInOne = 'deploy/all-in-one'
const roles = 'services/sso/src/role/roles.ts'

/** Where services are listed in code, which the compiler and the tests of `deploy/platform` hold to `services.json`. */
export function registerService(tree: Tree, { name, scope, version, variable, description }: Registered) {
  edit(tree, listPath, (text) => addEntry(text, { name, needs: ['database', 'events'], calls: [] }))
  const listed = `${allInOne}/src/services.ts`
  edit(tree, listed, (text) =>
    addToList(
      addImport(text, `import { ${variable} } from '${scope}/${name}'`),
      /services: readonly Service\[\] = \[([^\]]*)\]/,
      variable,
      listed,
    ),
  )
  updateJson(tree, `${allInOne}/package.json`, (json: { dependencies: Record<string, string> }) => ({
    ...json,
    dependencies: sorted({ ...json.dependencies, [`${scope}/${name}`]: version }),
  }))
  // a fork may have another identity provider in its place
  if (tree.exists(roles)) {
    edit(tree, roles, (text) =>
      addToList(
        addImport(text, `import { ${variable}Permissions } from '${scope}/contracts/${name}'`),
        /declared: readonly Permissions\[\] = \[([^\]]*)\]/,
        `${variable}Permissions`,
        roles,
      ),
    )
  }
  const row = (link: string) =>
    `| [${link}](${link}/README.md) | ${description.replace(/^./, (first) => first.toLowerCase())} |`
  edit(tree, 'README.md', (text) => addLineAfterLast(text, /^\| \[services\//, row(`services/${name}`)))
  if (tree.exists('services/README.md'))
    edit(tree, 'services/README.md', (text) =>
      addLineAfterLast(text, /^\| \[[\w-]+\]\([\w-]+\/README\.md\)/, row(name)),
    )
}

/** Behind the last one; the rest stays as it is laid out. */
const addEntry = (list: string, entry: object) =>
  replace(list, /\n {2}\]\n\}\s*$/, `,\n${JSON.stringify(entry, undefined, 2)}\n  ]\n}\n`, listPath)

/** Permissions are named for what they are about, once in the platform. */
export function permissionTaken(tree: Tree, entities: string): string[] {
  return entries(tree)
    .map(({ name }) => `libs/contracts/${name}/permissions.ts`)
    .filter((path) => tree.exists(path) && tree.read(path, 'utf8')!.includes(`'${entities}:read'`))
    .map((path) => `the permission ${entities}:read is declared in ${path}: say another --entity`)
}

const sorted = (record: Record<string, string>) =>
  Object.fromEntries(Object.entries(record).sort(([left], [right]) => left.localeCompare(right)))
