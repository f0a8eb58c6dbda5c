import type { Git } from './git.ts'

/** Made by programs from the rest: ours stay, and are made anew after the merge. */
const generated = [
  'package-lock.json',
  'docs/asyncapi.json',
  'docs/events.md',
  'libs/contracts/events.snapshot.json',
  'deploy/docker/docs/',
  'k8s/base/',
  'k8s/components/development/',
  'clients/web/src/schema/',
  'clients/bruno/',
]

/** Decides what needs no person: what we removed stays removed, and what is generated is no matter of a merge. */
export function settle(git: Git, gone: readonly string[]): { conflicts: string[]; settled: string[] } {
  const settled: string[] = []
  for (const folder of gone) {
    if (git.paths('ls-files', folder).length === 0) continue
    git('rm', '-r', '--quiet', '--force', folder)
    settled.push(`${folder}/ stays removed`)
  }
  for (const [path, stages] of unmerged(git)) {
    const isOurs = stages.includes('2')
    const isTheirs = stages.includes('3')
    if (!isOurs && stages.includes('1')) {
      git('rm', '--quiet', '--force', path)
      settled.push(`${path} stays removed`)
    } else if (
      isOurs &&
      isTheirs &&
      generated.some((each) => path === each || (each.endsWith('/') && path.startsWith(each)))
    ) {
      git('checkout', '--quiet', '--ours', '--', path)
      git('add', path)
      settled.push(`${path} is to be made anew`)
    }
  }
  return { conflicts: [...unmerged(git).keys()], settled }
}

/** Paths in conflict, with the stages that each has: 1 of the base, 2 of ours, 3 of theirs. */
function unmerged(git: Git): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of git.paths('ls-files', '--unmerged')) {
    const [facts = '', path = ''] = line.split('\t')
    found.set(path, (found.get(path) ?? '') + facts.split(' ')[2])
  }
  return found
}
