import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { render, storedAnswer } from './reference-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reference-'))
  file = join(folder, 'order.reference.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const old = { status: 200, headers: {}, json: { id: '1' } }
const fresh = { status: 201, headers: {}, json: { id: '2' } }

test('a new answer is stored, but not where nobody would see it', () => {
  expect(storedAnswer(file, fresh, 'none')).toBeUndefined()
  expect(storedAnswer(file, fresh, 'new')).toEqual(fresh)
  expect(readFileSync(file, 'utf8')).toBe(render(fresh))
})

test('a stored answer stays until it is told to change', () => {
  writeFileSync(file, render(old))
  for (const mode of ['none', 'new'] as const) expect(storedAnswer(file, fresh, mode)).toEqual(old)
  expect(storedAnswer(file, fresh, 'all')).toEqual(fresh)
  expect(storedAnswer(file, old, 'none')).toEqual(fresh)
})
