import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GeneratorCallback } from '@nx/devkit'
import type { FsTree } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { clientGenerator } from './client/generator.ts'
import { eventGenerator } from './event/generator.ts'
import { jobGenerator } from './job/generator.ts'
import { migrationGenerator } from './migration/generator.ts'
import { removeServiceGenerator } from './remove-service/generator.ts'
import { renameGenerator } from './rename/generator.ts'
import { routeGenerator } from './route/generator.ts'
import { entries, listPath } from './workspace.ts'
import { test } from './testing/copy-of-tree.ts'

type Generate = (tree: FsTree) => Promise<GeneratorCallback>
const sso = { service: 'sso', slice: 'user', path: '/v1/x' }
const registered = 'sso.user.registered.v1'
const event =
  (name: string, data = '') =>
  (tree: FsTree) =>
    eventGenerator(tree, { service: 'sso', name, data })
const another = (tree: FsTree) => entries(tree).find(({ name }) => name !== 'sso')!.name

const refusals: [what: string, generate: Generate, reason: string][] = [
  ['a part of no service', (tree) => routeGenerator(tree, { ...sso, service: 'x', name: 'get-x' }), 'no service x'],
  ['a route in capitals', (tree) => routeGenerator(tree, { ...sso, name: 'GetX' }), 'lower-case'],
  ['a path with a prefix', (tree) => routeGenerator(tree, { ...sso, name: 'x', path: 'sso/v1/x' }), '--path'],
  [
    'a permission that is none',
    (tree) => routeGenerator(tree, { ...sso, name: 'x', permission: 'write' }),
    '--permission',
  ],
  ['a route that is there', (tree) => routeGenerator(tree, { ...sso, name: 'get-me' }), 'is there already'],
  [
    'no slice where there are some',
    (tree) => routeGenerator(tree, { ...sso, name: 'x', slice: undefined }),
    'say --slice',
  ],
  [
    'a job for no event',
    (tree) => jobGenerator(tree, { ...sso, name: 'x', on: 'sso.sold.v1' }),
    'sso.user.registered.v1',
  ],
  ['a job in a folder', (tree) => jobGenerator(tree, { ...sso, name: 'x/y', on: registered }), 'lower-case'],
  [
    'a job that is there',
    (tree) => {
      writeFileSync(join(tree.root, 'services/sso/src/user/greet.job.ts'), '')
      return jobGenerator(tree, { ...sso, name: 'greet', on: registered })
    },
    'greet.job.ts is there already',
  ],
  ['an event without a subject', event('sold'), 'order.shipped'],
  ['an event that is declared', event('user.registered'), 'already'],
  ['a field of no type', event('a.b', 'x:float'), '--data "x:float"'],
  ['a client of itself', (tree) => clientGenerator(tree, { service: 'sso', owner: 'sso' }), 'itself'],
  [
    'a client that is not published',
    (tree) => clientGenerator(tree, { service: another(tree), owner: 'sso' }),
    'no client',
  ],
  ['a client for no service', (tree) => clientGenerator(tree, { service: 'x', owner: 'sso' }), 'no service x'],
  [
    'a client that it has',
    (tree) => {
      const services = entries(tree).map((entry) => ({ ...entry, calls: ['sso'] }))
      writeFileSync(join(tree.root, listPath), JSON.stringify({ services }))
      return clientGenerator(tree, { service: another(tree), owner: 'sso' })
    },
    'calls sso already',
  ],
  ['a migration in capitals', (tree) => migrationGenerator(tree, { service: 'sso', name: 'AddNote' }), 'lower-case'],
  [
    'a migration that is there',
    (tree) => migrationGenerator(tree, { service: 'sso', name: 'init' }),
    'is there already',
  ],
]

test.for(refusals)('%s is refused, and nothing is written', async ([, generate, reason], { tree }) => {
  await expect(generate(tree)).rejects.toThrow(reason)
  expect(tree.listChanges()).toEqual([])
})

const dirty: [what: string, generate: Generate][] = [
  ['route', (tree) => routeGenerator(tree, { ...sso, name: 'x' })],
  ['event', event('user.greeted')],
  ['job', (tree) => jobGenerator(tree, { ...sso, name: 'x', on: registered })],
  [
    'client',
    (tree) => {
      writeFileSync(join(tree.root, 'libs/contracts/sso/client.ts'), '')
      return clientGenerator(tree, { service: another(tree), owner: 'sso' })
    },
  ],
  ['migration', (tree) => migrationGenerator(tree, { service: 'sso', name: 'add-note' })],
  ['rename', (tree) => renameGenerator(tree, { name: 'north-wind' })],
  ['remove-service', (tree) => removeServiceGenerator(tree, { name: another(tree), withEdges: true })],
]

test.for(dirty)('%s: a dirty tree is refused, and nothing is written', async ([, generate], { tree }) => {
  writeFileSync(join(tree.root, 'stray.txt'), '')
  await expect(generate(tree)).rejects.toThrow(/uncommitted changes[^]*stray\.txt/)
  expect(tree.listChanges()).toEqual([])
})
