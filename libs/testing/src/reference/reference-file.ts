import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Shown } from './shown.ts'

/** What Vitest was told of stored expectations: write all (`-u`), write new ones, write none (in CI). */
export type WriteMode = 'all' | 'new' | 'none'

export const render = (answer: Shown) => `${JSON.stringify(answer, undefined, 2)}\n`

/** The stored answer, after it was written where that was wanted; undefined when there is none. */
export function storedAnswer(file: string, actual: Shown, mode: WriteMode): Shown | undefined {
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const wanted = mode === 'all' || (mode === 'new' && stored === undefined)
  if (!wanted) return stored === undefined ? undefined : (JSON.parse(stored) as Shown)
  if (stored !== render(actual)) writeFileSync(file, render(actual))
  return actual
}
