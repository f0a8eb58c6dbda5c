import { execFileSync } from 'node:child_process'
import type { Tree } from '@nx/devkit'

/** Nothing is written. The message says why, and what to do instead. */
export class Refusal extends Error {
  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'))
    this.name = 'Refusal'
    this.stack = undefined // for people: where in the generator it was noticed helps nobody
  }
}

/** @throws Refusal with all reasons, if there are any */
export function refuse(reasons: readonly string[]) {
  if (reasons.length > 0) throw new Refusal(reasons)
}

/** Git is the way back, and shows what was generated: neither works among changes, but those of `but`. @throws Refusal */
export function checkClean({ root }: Tree, { allowDirty }: { allowDirty?: boolean }, but?: string) {
  if (allowDirty) return
  let changes: string
  try {
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
    changes = status
      .split('\n')
      .filter((line) => line !== '' && line.slice(3) !== but)
      .join('\n')
  } catch {
    throw new Refusal(['git does not know this folder: commit it first, or say --allow-dirty'])
  }
  if (changes !== '')
    throw new Refusal([`There are uncommitted changes: commit them first, or say --allow-dirty\n${changes}`])
}
