import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
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

  const paths = [`${folder}/**/*.ts`, 'libs/contracts/gift-cards/*.ts', 'libs/testing/src/**/*.ts']
  writeFileSync(
    join(tree.root, 'tsconfig.some.json'),
    JSON.stringify({ extends: './tsconfig.base.json', include: paths }),
  )
  expect(run('tsc', '-p', 'tsconfig.some.json')).toEqual({ status: 0, output: '' })
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
}, 240_000)
