import type { GeneratorCallback } from '@nx/devkit'
import type { FsTree } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { clientGenerator } from './client/generator.ts'
import { eventGenerator } from './event/generator.ts'
import { jobGenerator } from './job/generator.ts'
import { migrationGenerator } from './migration/generator.ts'
import { routeGenerator } from './route/generator.ts'
import { test } from './testing/copy-of-tree.ts'

type Generate = (tree: FsTree) => Promise<GeneratorCallback>
const cart = { service: 'cart', slice: 'cart', path: '/v1/x' }

const refusals: [what: string, generate: Generate, reason: string][] = [
  ['a part of no service', (tree) => routeGenerator(tree, { ...cart, service: 'x', name: 'get-x' }), 'no service x'],
  ['a route in capitals', (tree) => routeGenerator(tree, { ...cart, name: 'GetX' }), 'lower-case'],
  ['a path with a prefix', (tree) => routeGenerator(tree, { ...cart, name: 'x', path: 'cart/v1/x' }), '--path'],
  [
    'a permission that is none',
    (tree) => routeGenerator(tree, { ...cart, name: 'x', permission: 'write' }),
    '--permission',
  ],
  ['a route that is there', (tree) => routeGenerator(tree, { ...cart, name: 'get-cart' }), 'is there already'],
  [
    'no slice where there are some',
    (tree) => routeGenerator(tree, { ...cart, name: 'x', slice: undefined }),
    'say --slice',
  ],
  ['a job for no event', (tree) => jobGenerator(tree, { ...cart, name: 'x', on: 'cart.sold.v1' }), 'cart.cart.paid.v1'],
  [
    'a job that is there',
    (tree) => jobGenerator(tree, { ...cart, name: 'x/y', on: 'cart.cart.paid.v1' }),
    'lower-case',
  ],
  ['an event without a subject', (tree) => eventGenerator(tree, { service: 'cart', name: 'sold' }), 'order.shipped'],
  ['an event that is declared', (tree) => eventGenerator(tree, { service: 'cart', name: 'cart.paid' }), 'already'],
  [
    'a field of no type',
    (tree) => eventGenerator(tree, { service: 'cart', name: 'a.b', data: 'x:float' }),
    '--data "x:float"',
  ],
  ['a client of itself', (tree) => clientGenerator(tree, { service: 'cart', owner: 'cart' }), 'itself'],
  ['a second client', (tree) => clientGenerator(tree, { service: 'acquiring', owner: 'cart' }), 'calls cart already'],
  ['a client that is not published', (tree) => clientGenerator(tree, { service: 'cart', owner: 'sso' }), 'no client'],
  [
    'a migration that is there',
    (tree) => migrationGenerator(tree, { service: 'cart', name: 'init' }),
    'is there already',
  ],
]

test.for(refusals)('%s is refused, and nothing is written', async ([, generate, reason], { tree }) => {
  await expect(generate(tree)).rejects.toThrow(reason)
  expect(tree.listChanges()).toEqual([])
})
