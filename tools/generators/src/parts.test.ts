import type { GeneratorCallback } from '@nx/devkit'
import type { FsTree } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { clientGenerator } from './client/generator.ts'
import { eventGenerator } from './event/generator.ts'
import { jobGenerator } from './job/generator.ts'
import { migrationGenerator } from './migration/generator.ts'
import { routeGenerator } from './route/generator.ts'
import { entries } from './workspace.ts'
import { test } from './testing/copy-of-tree.ts'

type Generate = (tree: FsTree) => Promise<GeneratorCallback>
const sso = { service: 'sso', slice: 'user', path: '/v1/x' }
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
  [
    'a job that is there',
    (tree) => jobGenerator(tree, { ...sso, name: 'x/y', on: 'sso.user.registered.v1' }),
    'lower-case',
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
