import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../testing/copy-of-tree.ts'
import { serviceGenerator, type ServiceOptions } from './generator.ts'

const refusals: [what: string, options: ServiceOptions, reason: string][] = [
  ['upper case', { name: 'Orders' }, 'must be lower-case words'],
  ['a path', { name: '../specimens' }, 'must be lower-case words'],
  ['a word of the language', { name: 'class' }, 'uses itself'],
  ['a database of the platform', { name: 'events' }, 'uses itself'],
  ['a container of another service', { name: 'specimens-worker' }, 'part of another service'],
  ['a name that is too long', { name: 'o'.repeat(41) }, 'longer than 40'],
  ['a service that is there', { name: 'sso' }, 'services/sso is there already'],
  ['a library', { name: 'broker' }, 'libs/broker is there already'],
  ['what generated code calls something else', { name: 'agenda', entity: 'event' }, '--entity'],
  ['another service’s permission', { name: 'people', entity: 'account' }, 'the permission accounts:read is declared'],
]

test.for(refusals)('%s is refused, and nothing is written', async ([, options, reason], { tree }) => {
  const permissions = 'libs/contracts/sso/permissions.ts'
  writeFileSync(join(tree.root, permissions), `'accounts:read'`)
  await expect(serviceGenerator(tree, options)).rejects.toThrow(reason)
  expect(tree.listChanges()).toEqual([])
})

test('a dirty tree is refused with what is dirty, and nothing is written', async ({ tree }) => {
  writeFileSync(join(tree.root, 'stray.txt'), '')
  await expect(serviceGenerator(tree, { name: 'specimens' })).rejects.toThrow('?? stray.txt')
  expect(tree.listChanges()).toEqual([])
  rmSync(join(tree.root, 'stray.txt'))
  await serviceGenerator(tree, { name: 'specimens' })
  expect(tree.listChanges().length).toBeGreaterThan(30)
})

test('a folder that git does not know is refused', async ({ tree }) => {
  renameSync(join(tree.root, '.git'), join(tree.root, '.not-git'))
  await expect(serviceGenerator(tree, { name: 'specimens' })).rejects.toThrow('git does not know')
  renameSync(join(tree.root, '.not-git'), join(tree.root, '.git'))
})
