import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushChanges, FsTree } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { clientGenerator } from '../client/generator.ts'
import { jobGenerator } from '../job/generator.ts'
import { routeGenerator } from '../route/generator.ts'
import { serviceGenerator } from '../service/generator.ts'
import { test } from '../testing/copy-of-tree.ts'
import { removeServiceGenerator } from './generator.ts'

const git = (root: string, ...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' })

/** Generates into the files of a folder. */
async function generate(root: string, work: (tree: FsTree) => Promise<unknown>) {
  const tree = new FsTree(root, false)
  await work(tree)
  flushChanges(root, tree.listChanges())
}

function commit(root: string) {
  git(root, 'add', '--all')
  git(root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '--message', 'x')
}

test('what was generated is removed without a trace', async ({ tree: { root } }) => {
  await generate(root, (tree) => serviceGenerator(tree, { name: 'gift-cards' }))
  await generate(root, (tree) => removeServiceGenerator(tree, { name: 'gift-cards', allowDirty: true }))
  git(root, 'add', '--all')
  expect(git(root, 'diff', '--cached')).toBe('')
})

test('what others use it for goes when that is said, and they are as they were', async ({ tree: { root } }) => {
  for (const name of ['gift-cards', 'orders']) {
    await generate(root, (tree) => serviceGenerator(tree, { name, allowDirty: true }))
  }
  commit(root)
  const part = { service: 'orders', slice: 'order', allowDirty: true }
  await generate(root, (tree) => clientGenerator(tree, { service: 'orders', owner: 'gift-cards' }))
  await generate(root, (tree) => jobGenerator(tree, { ...part, name: 'note', on: 'gift-cards.gift-card.created.v1' }))
  await generate(root, (tree) => routeGenerator(tree, { ...part, name: 'redeem', path: '/v1/gifts', access: 'anyone' }))
  const route = join(root, 'services/orders/src/order/redeem.route.ts')
  writeFileSync(route, readFileSync(route, 'utf8').replace('Route<unknown>', `Route<Pick<Deps, 'giftCards'>>`))
  commit(root)

  await expect(removeServiceGenerator(new FsTree(root, false), { name: 'gift-cards' })).rejects.toThrow(
    /orders calls gift-cards \(services.json\)[^]*note.job.ts imports it[^]*--with-edges/,
  )
  await generate(root, (tree) => removeServiceGenerator(tree, { name: 'gift-cards', withEdges: true }))
  const orders = ['services/orders/src/app.ts', 'services/orders/src/deps.ts', 'services/orders/src/config.ts']
  expect(git(root, 'diff', 'HEAD~1', '--', ...orders)).toBe('')
  expect(
    git(root, 'diff', '--name-status', 'HEAD~1', '--', 'services/orders', 'services/sso').trim().split('\n'),
  ).toEqual([
    'M\tservices/orders/package.json', // s2s, which harms nobody
    'A\tservices/orders/src/testing/neighbours.ts', // for whom it calls next
    'M\tservices/orders/src/testing/test.ts',
    'M\tservices/orders/src/testing/universal.test.ts',
    'M\tservices/sso/src/client/clients.ts',
    'M\tservices/sso/src/role/roles.ts',
  ])
})

test('sso, what is not there, and more than an edge are refused', async ({ tree: { root } }) => {
  const removing = (name: string, withEdges = false) =>
    expect(removeServiceGenerator(new FsTree(root, false), { name, withEdges })).rejects
  await removing('sso').toThrow('replace-sso')
  await removing('x').toThrow('no service x')
  await removing('cart').toThrow('acquiring calls cart')
  await removing('cart', true).toThrow('more than an edge')
})
