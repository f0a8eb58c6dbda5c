import { GitFailed, type Git } from './git.ts'
import { renamedCommit } from './renamed-commit.ts'
import { settle } from './settle.ts'
import { spellingAt } from './spellings.ts'

export interface UpgradeOptions {
  tag: string
  /** The remote of upstream. */
  remote: string
  /** Where the fork began, if its history does not say. */
  from?: string
  /** As `rename --title` was told. */
  title?: string
}

/** Why nothing was done. */
export class UpgradeRefused extends Error {}

export interface Upgraded {
  /** Files for a person to settle; the merge waits for them. */
  conflicts: readonly string[]
  /** What was decided on the way: kept deleted, or to be made anew. */
  settled: readonly string[]
}

const trailer = 'Upstream-Commit'

/**
 * Merges a tag of upstream into a fork that is called otherwise. Upstream's states are renamed first and kept as a line of
 * commits of their own, which is merged as any branch is: git finds the state that both sides began from.
 *
 * @throws UpgradeRefused before anything is changed, GitFailed
 */
export function upgrade(git: Git, { tag, remote, from, title }: UpgradeOptions): Upgraded {
  if (git('status', '--porcelain', '--untracked-files=no') !== '')
    throw new UpgradeRefused('There are changes that are not committed: commit or stash them first')
  if (!git.tries('remote', 'get-url', remote).ok)
    throw new UpgradeRefused(`There is no remote ${remote}: git remote add ${remote} <address of upstream>`)
  git('fetch', '--quiet', '--no-tags', remote, `+refs/tags/*:refs/${remote}/tags/*`)
  const commit = commitOf(git, remote, tag)
  const to = spellingAt(git, 'HEAD', title)
  const renamedTo = (wanted: string, what: string, parents: string[]) =>
    renamedCommit(git, {
      commit: wanted,
      from: spellingAt(git, wanted),
      to,
      parents,
      message: `${what}\n\n${trailer}: ${wanted}`,
    })

  const known = lastMerged(git)
  if (known?.upstream === commit) throw new UpgradeRefused(`${tag} is in it already`)
  let base = known?.commit
  if (!base) {
    const began = beginning(git, { remote, from, commit })
    base = renamedTo(began, 'Upstream as this fork began', [])
    // from now on git knows what both sides have in common
    git(
      'merge',
      '--quiet',
      '--strategy=ours',
      '--allow-unrelated-histories',
      '-m',
      'Tell git where the fork began',
      base,
    )
  }
  const theirs = renamedTo(commit, `Upstream ${tag}`, [base])
  const gone = goneFolders(git, base)
  const merged = git.tries('merge', '--no-commit', '--no-ff', '-m', `Merge upstream ${tag}`, theirs)
  const { conflicts, settled } = settle(git, gone)
  if (!merged.ok && conflicts.length + settled.length === 0) throw new GitFailed(merged.said)
  if (conflicts.length === 0) git('commit', '--quiet', '--no-edit')
  return { conflicts, settled }
}

function commitOf(git: Git, remote: string, tag: string): string {
  const found = git.tries('rev-parse', '--verify', '--quiet', `refs/${remote}/tags/${tag}^{commit}`)
  if (found.ok) return found.out.trim()
  const tags = git(
    'for-each-ref',
    '--format=%(refname:lstrip=3)',
    '--sort=-creatordate',
    '--count=10',
    `refs/${remote}/tags`,
  )
  throw new UpgradeRefused(`${remote} has no tag ${tag}; the newest are ${tags.split('\n').join(', ') || 'none'}`)
}

/** The newest renamed state of upstream that is in our history, and upstream's own commit of it. */
function lastMerged(git: Git): { commit: string; upstream: string } | undefined {
  const line = git('log', '-1', `--grep=^${trailer}: `, `--format=%H %(trailers:key=${trailer},valueonly)`, 'HEAD')
  const [commit, upstream] = line.trim().split(' ')
  return commit && upstream ? { commit, upstream: upstream.trim() } : undefined
}

function beginning(git: Git, { remote, from, commit }: { remote: string; from?: string; commit: string }): string {
  if (from !== undefined)
    return git.tries('rev-parse', '--verify', '--quiet', `${from}^{commit}`).out.trim() || commitOf(git, remote, from)
  const shared = git.tries('merge-base', 'HEAD', commit)
  if (shared.ok) return shared.out.trim()
  throw new UpgradeRefused(
    'This history has nothing in common with upstream’s: say --from <tag or commit that the fork began with>',
  )
}

/** Folders of services and contracts that upstream had at the base and we have no more. */
function goneFolders(git: Git, base: string): string[] {
  const foldersIn = (tree: string) =>
    ['services/', 'libs/contracts/'].flatMap((parent) => git.paths('ls-tree', '--name-only', '-d', tree, parent))
  const ours = new Set(foldersIn('HEAD'))
  return foldersIn(base).filter((folder) => !ours.has(folder))
}
