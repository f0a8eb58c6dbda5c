import type { Spelling } from 'slipway/src/rename/renamed.ts'
import { pascal } from 'slipway/src/words.ts'
import type { Git } from './git.ts'

/** How the repository is called at a commit. @throws GitFailed when that is no state of it */
export function spellingAt(git: Git, commit: string, title?: string): Spelling {
  const nameOf = (path: string) => (JSON.parse(git('show', `${commit}:${path}`)) as { name: string }).name
  const name = nameOf('package.json')
  return { name, scope: nameOf('libs/errors/package.json').split('/')[0]!, title: title ?? pascal(name) }
}
