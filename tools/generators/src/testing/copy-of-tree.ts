import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { flushChanges, FsTree } from 'nx/src/generators/tree.js'
import { test as base } from 'vitest'
import { scopeOf } from '../workspace.ts'

interface Ran {
  status: number | null
  output: string
}

interface Copy {
  /** A copy of the repository as it is on the disk, committed, and what git ignores in it. */
  copied: { folder: string; ignored: Set<string> }
  /** The copy, where tests have their turns: each finds it as it was. */
  tree: FsTree
  /** Puts what was generated on the disk, links new services and makes their database clients. */
  write: () => Promise<void>
  /** Runs an installed command in the copy. */
  run: (command: string, ...args: string[]) => Ran
}

export const test = base.extend<Copy>({
  copied: [
    async ({}, use) => {
      const folder = copyOfTree()
      await use({ folder, ignored: new Set(ignoredIn(folder)) })
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],

  tree: async ({ copied: { folder, ignored } }, use) => {
    await use(new FsTree(folder, false))
    for (const path of ignoredIn(folder)) if (!ignored.has(path)) rmSync(join(folder, path))
    git(folder, 'reset', '--quiet', '--hard', 'as-it-was')
    git(folder, 'clean', '--quiet', '-d', '--force')
  },

  run: ({ tree }, use) =>
    use((command, ...args) => {
      // which tests run here, and in which order, is nothing that theirs should follow
      const { TEST_LONG: _long, VITEST_SHUFFLE_SEED: _seed, ...env } = process.env
      const { status, stdout, stderr } = spawnSync(join(tree.root, 'node_modules/.bin', command), args, {
        cwd: tree.root,
        encoding: 'utf8',
        env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0' },
      })
      return { status, output: `${stdout}${stderr}` }
    }),

  write: ({ tree, run }, use) =>
    use(async () => {
      flushChanges(tree.root, tree.listChanges())
      for (const name of readdirSync(join(tree.root, 'services'))) {
        const link = join(tree.root, 'node_modules', scopeOf(tree), name)
        if (!existsSync(link)) symlinkSync(join(tree.root, 'services', name), link)
      }
      const { status, output } = run('node', 'tools/setup/run.mjs')
      if (status !== 0) throw new Error(output)
    }),
})

const root = fileURLToPath(new URL('../../../..', import.meta.url))

function copyOfTree(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fork-')))
  for (const path of known()) copy(path, folder)
  for (const project of ['libs', 'services'].flatMap((parent) => projectsIn(parent))) {
    copy(join(project, 'prisma/generated'), folder)
    copy(join(project, 'node_modules'), folder)
  }
  linkPackages(folder)
  git(folder, 'init', '--quiet')
  git(folder, 'add', '--all')
  git(
    folder,
    '-c',
    'user.name=fork',
    '-c',
    'user.email=fork@example.com',
    'commit',
    '--quiet',
    '--message',
    'As it was',
  )
  git(folder, 'tag', 'as-it-was')
  return folder
}

const git = (folder: string, ...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' }).toString()

const filesIn = (folder: string, ...which: string[]) =>
  git(folder, 'ls-files', '-z', '--exclude-standard', ...which)
    .split('\0')
    .filter(Boolean)

/** Files that git knows or would add. */
const known = () => filesIn(root, '--cached', '--others')

/** What is installed and generated. */
const ignoredIn = (folder: string) => filesIn(folder, '--others', '--ignored')

const projectsIn = (parent: string) => readdirSync(join(root, parent)).map((name) => join(parent, name))

function copy(path: string, folder: string) {
  if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true })
}

/** What is installed, by links; those to packages of the workspace lead to the copy's. */
function linkPackages(folder: string) {
  const installed = join(root, 'node_modules')
  const link = (name: string) => {
    const target = relative(root, realpathSync(join(installed, name)))
    const to = join(folder, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    symlinkSync(join(target.startsWith('node_modules') ? root : folder, target), to)
  }
  for (const name of readdirSync(installed)) {
    if (name.startsWith('@')) for (const inner of readdirSync(join(installed, name))) link(`${name}/${inner}`)
    else if (name !== '.cache') link(name)
  }
}
