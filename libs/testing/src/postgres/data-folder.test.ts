import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataFolder } from './data-folder.ts'

let memory: string
beforeEach(() => void (memory = mkdtempSync(join(tmpdir(), 'memory-'))))
afterEach(() => rmSync(memory, { recursive: true }))
const onDisk = /\.cache\/test-postgres$/

test('data is in memory where there is plenty', () => {
  const folder = dataFolder(memory, 1)
  expect(folder.startsWith(join(memory, 'slipway-test-postgres-'))).toBe(true)
  mkdirSync(folder)
  expect(dataFolder(memory, 1)).toBe(folder)
  expect(readdirSync(memory)).toEqual([basename(folder)])
})

test('data that is in memory stays there, also when it has itself taken the room', () => {
  const folder = dataFolder(memory, 1)
  mkdirSync(folder)
  expect(dataFolder(memory, Number.MAX_SAFE_INTEGER)).toBe(folder)
})

test('it is on the disk where there is too little memory, or no such folder', () => {
  expect(dataFolder(memory, Number.MAX_SAFE_INTEGER)).toMatch(onDisk)
  expect(dataFolder(join(memory, 'nowhere'), 1)).toMatch(onDisk)
})

test('what somebody else put at its place is left alone', () => {
  symlinkSync(tmpdir(), dataFolder(memory, 1))
  expect(dataFolder(memory, 1)).toMatch(onDisk)
})
