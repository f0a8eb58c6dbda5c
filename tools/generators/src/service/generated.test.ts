import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { clientGenerator } from '../client/generator.ts'
import { eventGenerator } from '../event/generator.ts'
import { jobGenerator } from '../job/generator.ts'
import { migrationGenerator } from '../migration/generator.ts'
import { routeGenerator } from '../route/generator.ts'
import { test } from '../testing/copy-of-tree.ts'
import { serviceGenerator } from './generator.ts'

test('a generated service is checked, laid out and tested as it is, and its tests guard its permissions', async ({
  tree,
  write,
  run,
}) => {
  await serviceGenerator(tree, { name: 'gift-cards' })
  await write()
  const folder = 'services/gift-cards'
  expect(typeErrors(run, tree.root, 'gift-cards')).toBe('')
  expect(run('prettier', '--check', folder, 'libs/contracts/gift-cards', 'README.md', 'deploy').status).toBe(0)
  const tests = run('vitest', 'run', '--root', folder)
  expect(tests, tests.output).toMatchObject({ status: 0 })

  const universal = (file: string, permission: string) => {
    const path = join(tree.root, folder, 'src/gift-card', file)
    const code = readFileSync(path, 'utf8')
    expect(code).toContain(permission)
    writeFileSync(path, code.replace(permission, ''))
    const { output } = run('vitest', 'run', '--root', folder, 'universal')
    writeFileSync(path, code)
    return output
  }
  const list = `{ permissions: ['gift-cards:read'] }`
  expect(universal('list-gift-cards.route.ts', list)).toContain(`GET /gift-cards/v1/gift-cards: shows another user's`)
  const owner = ' || !maySee(caller, giftCard)'
  expect(universal('get-gift-card.route.ts', owner)).toContain(`another user's object gets 200`)
}, 300_000)

test('so are its parts: routes, an event, a job, a client, a migration', async ({ tree, write, run }) => {
  const dirty = { service: 'orders', allowDirty: true }
  await serviceGenerator(tree, { name: 'orders' })
  await write()
  await routeGenerator(tree, { ...dirty, name: 'cancel-order', path: '/v1/orders/:orderId/cancel' })
  await routeGenerator(tree, { ...dirty, name: 'list-sizes', path: '/v1/sizes', access: 'anyone', slice: 'size' })
  await routeGenerator(tree, { ...dirty, name: 'count-orders', path: '/v1/count', access: 'user', slice: 'order' })
  await routeGenerator(tree, { ...dirty, name: 'sync', path: '/internal/v1/sync', access: 'service', slice: 'order' })
  await eventGenerator(tree, { ...dirty, name: 'order.shipped', data: 'orderId:id,total:money,at:time' })
  await write()
  await jobGenerator(tree, { ...dirty, name: 'note-shipment', on: 'orders.order.shipped.v1', slice: 'order' })
  await jobGenerator(tree, { ...dirty, name: 'open-order', on: 'cart.cart.paid.v1', slice: 'order' })
  await clientGenerator(tree, { service: 'orders', owner: 'cart', allowDirty: true })
  await migrationGenerator(tree, { ...dirty, name: 'add-note' })
  await write()

  expect(tree.read('services/sso/src/client/clients.ts', 'utf8')).toContain(
    `{ id: 'orders', permissions: [], audiences: ['cart'] }`,
  )
  expect(typeErrors(run, tree.root, 'orders')).toBe('')
  const changed = ['services/orders', 'libs/contracts/orders', 'services/sso/src', 'deploy']
  const layout = run('prettier', '--check', ...changed)
  expect(layout, layout.output).toMatchObject({ status: 0 })
  const tests = run('vitest', 'run', '--root', 'services/orders')
  expect(tests, tests.output).toMatchObject({ status: 0 })
}, 300_000)

function typeErrors(run: (command: string, ...args: string[]) => { output: string }, root: string, name: string) {
  const include = [`services/${name}/**/*.ts`, `libs/contracts/${name}/*.ts`, 'libs/testing/src/**/*.ts']
  writeFileSync(join(root, 'tsconfig.some.json'), JSON.stringify({ extends: './tsconfig.base.json', include }))
  return run('tsc', '-p', 'tsconfig.some.json').output
}
