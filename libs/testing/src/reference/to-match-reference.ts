import { dirname, join } from 'node:path'
import { expect, inject, type MatcherState, type SyncMatcherResult } from 'vitest'
import type { Answer } from '../fixtures/api.ts'
import { storedAnswer } from './reference-file.ts'
import { complete, shown, type Expected } from './shown.ts'

declare module 'vitest' {
  interface Matchers<R, T> {
    /**
     * Compares status, headers that matter and the whole body of an answer one to one: with an object, or with a file
     * beside the test, `<name>.reference.json`, which `vitest -u` writes.
     */
    toMatchReference(reference: T extends Answer ? string | Expected : never): R
  }
}

function toMatchReference(this: MatcherState, answer: Answer, reference: string | Expected): SyncMatcherResult {
  const actual = shown(answer)
  const expected =
    typeof reference === 'string'
      ? storedAnswer(fileOf(this.testPath, reference), actual, inject('writeReferences'))
      : complete(reference)
  const missing = `There is no ${String(reference)}.reference.json beside the test: vitest -u writes it`
  return {
    pass: expected !== undefined && this.equals(actual, expected, this.customTesters, true),
    message: () => (expected ? 'The answer is not the expected one' : missing),
    actual,
    expected,
  }
}

function fileOf(testPath: string | undefined, name: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new TypeError(`A reference is named in kebab-case, not ${name}`)
  if (!testPath) throw new Error('References are for tests')
  return join(dirname(testPath), `${name}.reference.json`)
}

expect.extend({ toMatchReference })
