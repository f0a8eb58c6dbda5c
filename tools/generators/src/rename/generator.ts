import { execFileSync, spawnSync } from 'node:child_process'
import { readJson, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards, documentation, install, layout, manifests } from '../afterwards.ts'
import { wrongFileName } from '../names.ts'
import { checkClean, refuse } from '../refusal.ts'
import { constant, pascal } from '../words.ts'
import { scopeOf } from '../workspace.ts'
import { renamed, type Spelling } from './renamed.ts'

export interface RenameOptions {
  name: string
  scope?: string
  title?: string
  allowDirty?: boolean
  skipInstall?: boolean
}

/** `nx g slipway:rename --name acme --scope @acme`. @throws Refusal before anything is written */
export async function renameGenerator(tree: Tree, options: RenameOptions): Promise<GeneratorCallback> {
  const { name, scope = `@${name}` } = options
  const { name: old } = readJson<{ name: string }>(tree, 'package.json')
  const to: Spelling = { name, scope, title: options.title ?? pascal(name) }
  const from: Spelling = { name: old, scope: scopeOf(tree), title: pascal(old) }
  refuse([...wrongFileName(name, '--name'), ...wrongScope(scope), ...wrongTitle(to.title), ...taken(tree, name, old)])
  checkClean(tree, options)

  for (const path of filesOf(tree.root)) {
    const text = tree.read(path, 'utf8')
    if (text === null || text.includes('\0')) continue
    const fresh = { path: renamed(path, from, to), text: renamed(text, from, to) }
    if (fresh.path !== path) tree.delete(path)
    if (fresh.path !== path || fresh.text !== text) tree.write(fresh.path, fresh.text)
  }

  return afterwards(tree.root, options.skipInstall ? [] : [install, manifests, documentation, layout], [
    `It is called ${to.title} now; packages are ${scope}/…, variables ${constant(name)}_….`,
    `Data and secrets of ${from.title} stay in .${old}/; the next npm start begins anew in .${name}/.`,
    `  npm test                   all of it`,
    `  npx nx g ${name}:service orders`,
  ])
}

const wrongScope = (scope: string) =>
  /^@[a-z][a-z0-9-]*$/.test(scope) ? [] : [`--scope "${scope}" must be like @acme`]

const wrongTitle = (title: string) =>
  /^[A-Z][\p{L}\p{N} ]{1,40}$/u.test(title)
    ? []
    : [`--title "${title}" must begin with a capital and hold letters, digits and spaces`]

/** A word that is used already could never be told apart from the name again. */
function taken(tree: Tree, name: string, old: string): string[] {
  if (name === old) return [`It is called ${name} already`]
  const { status } = spawnSync(
    'git',
    ['grep', '--quiet', '--ignore-case', '--fixed-strings', '-e', name, 'libs', 'services', 'deploy'],
    { cwd: tree.root },
  )
  return status === 0 ? [`--name ${name}: the code uses that word already (git grep -i ${name})`] : []
}

const filesOf = (root: string) =>
  execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
