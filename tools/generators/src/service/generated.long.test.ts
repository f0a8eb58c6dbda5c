import { execFileSync } from 'node:child_process'
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

// One long test, because each of its commands is: the compiler once, and the tests of two services and of a broken one.
test('what is generated passes as it is, and its tests guard its permissions', async ({ tree, write, run }) => {
  const part = { service: 'specimens', slice: 'specimen', allowDirty: true }
  await serviceGenerator(tree, { name: 'test-tubes' })
  await serviceGenerator(tree, { name: 'specimens' })
  await write()
  const cancel = { ...part, name: 'cancel-specimen', path: '/v1/specimens/:specimenId/cancel' }
  await routeGenerator(tree, cancel)
  await routeGenerator(tree, { ...part, name: 'list-sizes', path: '/v1/sizes', access: 'anyone', slice: 'size' })
  await routeGenerator(tree, { ...part, name: 'count-specimens', path: '/v1/count', access: 'user' })
  await routeGenerator(tree, { ...part, name: 'sync', path: '/internal/v1/sync', access: 'service' })
  await eventGenerator(tree, { ...part, name: 'specimen.shipped', data: 'specimenId:id,total:money,at:time' })
  await write()
  await jobGenerator(tree, { ...part, name: 'note-shipment', on: 'specimens.specimen.shipped.v1' })
  await jobGenerator(tree, { ...part, name: 'greet', on: 'sso.user.registered.v1' })
  await clientGenerator(tree, { service: 'specimens', owner: 'test-tubes', allowDirty: true })
  await write()
  for (const args of ['add --all', 'commit --quiet --message x'])
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args.split(' ')], { cwd: tree.root })
  const schema = 'services/specimens/prisma/schema.prisma'
  tree.write(schema, tree.read(schema, 'utf8')!.replace('  title ', '  note      String   @default("")\n  title '))
  await migrationGenerator(tree, { ...part, name: 'add-note', allowDirty: false })
  await write()

  const both = ['test-tubes', 'specimens'].flatMap((name) => [`services/${name}`, `libs/contracts/${name}`])
  const layout = run('prettier', '--check', ...both, 'services/sso/src', 'README.md', 'deploy')
  expect(layout, layout.output).toMatchObject({ status: 0 })
  const include = [...both, 'libs/testing/src'].map((folder) => `${folder}/**/*.ts`)
  writeFileSync(join(tree.root, 'tsconfig.some.json'), JSON.stringify({ extends: './tsconfig.base.json', include }))
  expect(run('tsc', '-p', 'tsconfig.some.json').output).toBe('')
  for (const name of ['test-tubes', 'specimens']) {
    const tests = run('vitest', 'run', '--root', `services/${name}`)
    expect(tests, tests.output).toMatchObject({ status: 0 })
  }

  const forget = (file: string, permission: string) => {
    const path = join(tree.root, 'services/test-tubes/src/test-tube', file)
    const code = readFileSync(path, 'utf8')
    expect(code).toContain(permission)
    writeFileSync(path, code.replace(permission, ''))
  }
  forget('list-test-tubes.route.ts', `{ permissions: ['test-tubes:read'] }`)
  forget('get-test-tube.route.ts', ' || !maySee(caller, testTube)')
  const { output } = run('vitest', 'run', '--root', 'services/test-tubes', 'universal')
  expect(output).toContain(`GET /test-tubes/v1/test-tubes: shows another user's`)
  expect(output).toContain(`another user's object gets 200`)
}, 900_000)
