import { execFileSync } from 'node:child_process'
import { readJson } from '@nx/devkit'
import { flushChanges } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { test } from '../testing/copy-of-tree.ts'
import { renameGenerator } from './generator.ts'

test('nothing is left of the old name, in whatever way it was spelt', async ({ tree }) => {
  const { name: old } = readJson<{ name: string }>(tree, 'package.json')
  await renameGenerator(tree, { name: 'north-wind', scope: '@northwind' })
  expect(readJson(tree, 'libs/errors/package.json')).toMatchObject({ name: '@northwind/errors' })
  expect(readJson(tree, 'tools/generators/package.json')).toMatchObject({ name: 'north-wind' })
  expect(tree.read('docker-compose.yml', 'utf8')).toContain('image: north-wind/sso:${NORTH_WIND_VERSION:-dev}')
  expect(tree.read('README.md', 'utf8')).toMatch(/^# NorthWind/)

  flushChanges(tree.root, tree.listChanges())
  const git = (...args: string[]) => execFileSync('git', args, { cwd: tree.root, encoding: 'utf8' })
  git('add', '--all')
  expect(git('ls-files').toLowerCase()).not.toContain(old)
  const letters = old.split('-').join('[-_ ]?')
  expect(() => git('grep', '--ignore-case', '--extended-regexp', '-e', letters)).toThrow() // exit code 1: nowhere
}, 300_000)

test.for([
  [{ name: 'Acme' }, 'lower-case'],
  [{ name: 'acme', scope: 'acme' }, '--scope'],
  [{ name: 'acme', title: 'acme!' }, '--title'],
  [{ name: 'sso' }, 'uses that word already'],
] as const)('%o is refused, and nothing is written', async ([options, reason], { tree }) => {
  await expect(renameGenerator(tree, options)).rejects.toThrow(reason)
  expect(tree.listChanges()).toEqual([])
})

test('a name that it has is refused', async ({ tree }) => {
  const { name } = readJson<{ name: string }>(tree, 'package.json')
  await expect(renameGenerator(tree, { name })).rejects.toThrow(`called ${name} already`)
})
