import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { renamed, type Spelling } from 'slipway/src/rename/renamed.ts'
import { gitIn, type Git } from './git.ts'

interface Wanted {
  /** Of upstream. */
  commit: string
  from: Spelling
  to: Spelling
  parents: readonly string[]
  message: string
}

/** A commit that is upstream's under our name, laid out as ours is. The working copy is not touched. */
export function renamedCommit(git: Git, { commit, from, to, parents, message }: Wanted): string {
  const parent = mkdtempSync(join(tmpdir(), 'upgrade-'))
  const folder = join(parent, 'tree')
  try {
    git('worktree', 'add', '--quiet', '--detach', folder, commit)
    const there = gitIn(folder)
    for (const path of there.paths('ls-files')) renameFile(folder, path, from, to)
    layOut(git.folder, folder)
    there('add', '--all')
    return git('commit-tree', there('write-tree'), ...parents.flatMap((each) => ['-p', each]), '-m', message)
  } finally {
    git.tries('worktree', 'remove', '--force', folder)
    rmSync(parent, { recursive: true, force: true })
  }
}

function renameFile(folder: string, path: string, from: Spelling, to: Spelling) {
  const file = join(folder, path)
  if (!lstatSync(file).isFile()) return
  const text = readFileSync(file, 'utf8')
  if (!text.includes('\0')) {
    const fresh = renamed(text, from, to)
    if (fresh !== text) writeFileSync(file, fresh)
  }
  const target = join(folder, renamed(path, from, to))
  if (target === file) return
  mkdirSync(dirname(target), { recursive: true })
  renameSync(file, target)
}

/** A longer name breaks lines elsewhere: `rename` laid ours out anew, too. */
function layOut(ours: string, folder: string) {
  const prettier = join(ours, 'node_modules/prettier/bin/prettier.cjs')
  if (existsSync(prettier))
    spawnSync(process.execPath, [prettier, '--write', '--log-level=silent', '.'], { cwd: folder })
}
