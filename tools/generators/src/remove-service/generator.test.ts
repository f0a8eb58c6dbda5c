import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushChanges, FsTree } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { clientGenerator } from '../client/generator.ts'
import { jobGenerator } from '../job/generator.ts'
import { routeGenerator } from '../route/generator.ts'
import { serviceGenerator } from '../service/generator.ts'
import { test } from '../testing/copy-of-tree.ts'
import { scopeOf } from '../workspace.ts'
import { findEdges } from './edges.ts'
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
  await generate(root, (tree) => serviceGenerator(tree, { name: 'test-tubes' }))
  const observability = join(root, 'deploy/observability')
  writeFileSync(join(observability, 'grafana/dashboards/test-tubes.json'), '{}')
  const group = '\n  - name: test-tubes\n    rules:\n      - alert: Broken\n\n      - alert: Cracked\n'
  for (const file of ['alerts.yaml', 'alerts.test.yaml']) appendFileSync(join(observability, 'prometheus', file), group)
  await generate(root, (tree) => removeServiceGenerator(tree, { name: 'test-tubes', allowDirty: true }))
  git(root, 'add', '--all')
  expect(git(root, 'diff', '--cached')).toBe('')
})

test('what others use it for goes when that is said, and they are as they were', async ({ tree: { root } }) => {
  for (const name of ['test-tubes', 'specimens']) {
    await generate(root, (tree) => serviceGenerator(tree, { name, allowDirty: true }))
  }
  commit(root)
  const part = { service: 'specimens', slice: 'specimen', allowDirty: true }
  await generate(root, (tree) => clientGenerator(tree, { service: 'specimens', owner: 'test-tubes' }))
  await generate(root, (tree) => jobGenerator(tree, { ...part, name: 'note', on: 'test-tubes.test-tube.created.v1' }))
  await generate(root, (tree) => routeGenerator(tree, { ...part, name: 'redeem', path: '/v1/gifts', access: 'anyone' }))
  const route = join(root, 'services/specimens/src/specimen/redeem.route.ts')
  writeFileSync(route, readFileSync(route, 'utf8').replace('Route<unknown>', `Route<Pick<Deps, 'testTubes'>>`))
  const page = join(root, 'CONTRIBUTING.md')
  appendFileSync(page, '\nSee [tubes](services/test-tubes/README.md#routes), [others](services/specimens/README.md).\n')
  commit(root)

  await expect(removeServiceGenerator(new FsTree(root, false), { name: 'test-tubes' })).rejects.toThrow(
    /specimens calls test-tubes \(services.json\)[^]*note.job.ts imports it[^]*--with-edges/,
  )
  await generate(root, (tree) => removeServiceGenerator(tree, { name: 'test-tubes', withEdges: true }))
  expect(readFileSync(page, 'utf8')).toContain('\nSee tubes, [others](services/specimens/README.md).\n')
  const specimens = [
    'services/specimens/src/app.ts',
    'services/specimens/src/deps.ts',
    'services/specimens/src/config.ts',
  ]
  expect(git(root, 'diff', 'HEAD~1', '--', ...specimens)).toBe('')
  expect(
    git(root, 'diff', '--name-status', 'HEAD~1', '--', 'services/specimens', 'services/sso').trim().split('\n'),
  ).toEqual([
    'M\tservices/specimens/package.json', // s2s, which harms nobody
    'A\tservices/specimens/src/testing/neighbours.ts', // for whom it calls next
    'M\tservices/specimens/src/testing/test.ts',
    'M\tservices/specimens/src/testing/universal.test.ts',
    'M\tservices/sso/src/client/clients.ts',
    'M\tservices/sso/src/role/roles.ts',
  ])
})

test('sso, what is not there, and more than an edge are refused', async ({ tree: { root } }) => {
  for (const name of ['test-tubes', 'specimens'])
    await generate(root, (tree) => serviceGenerator(tree, { name, allowDirty: true }))
  const domain = join(root, 'services/specimens/src/specimen/specimen.ts')
  const scope = scopeOf(new FsTree(root, false))
  writeFileSync(domain, `import { TestTube } from '${scope}/contracts/test-tubes'\n${readFileSync(domain, 'utf8')}`)
  const removing = (name: string, withEdges = false) =>
    expect(removeServiceGenerator(new FsTree(root, false), { name, withEdges, allowDirty: true })).rejects
  await removing('sso').toThrow('replace-sso')
  await removing('x').toThrow('no service x')
  await removing('test-tubes').toThrow('specimen.ts imports it')
  await removing('test-tubes', true).toThrow('more than an edge')
})

const root = new URL('../../../../', import.meta.url)
const services = ['files', 'notifications'].filter((name) => existsSync(new URL(`services/${name}`, root)))

test.for(services)('%s is nothing that the others could not do without', async (name, { tree }) => {
  const guide = 'docs/guides/integrate-an-outside-system.md' // shows notifications and nothing else
  const stays = tree.exists(guide) && name !== 'notifications'
  const pictures = 'deploy/all-in-one/src/pictures.long.test.ts' // asks files
  const shown = tree.exists(pictures) && name !== 'files'
  await removeServiceGenerator(tree, { name, withEdges: true })
  expect(findEdges(tree, name)).toEqual([])
  expect(tree.exists(guide)).toBe(stays)
  expect(tree.read('README.md', 'utf8')!.includes(guide)).toBe(stays)
  expect(tree.exists(pictures)).toBe(shown)
})
