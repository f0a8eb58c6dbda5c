import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { run } from '../testing/run.ts'
import { upgradeCommand } from './command.ts'
import { gitIn, type Git } from './git.ts'

const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' }
Object.assign(process.env, identity)

/** A folder that git looks after, with a hand to write in it. `null` deletes a file. */
function repository(folder: string) {
  const git = gitIn(folder)
  const commit = (message: string, files: Record<string, string | null>) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path)
      if (text === null) rmSync(file)
      else {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
    }
    git('add', '--all')
    git('commit', '--quiet', '--message', message)
  }
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  return { git, commit, read, has: (path: string) => existsSync(join(folder, path)) }
}

const cart = (lines: string[]) => ['// OldShop carts', `import '@oldies/errors'`, ...lines, ''].join('\n')
const manifest = (name: string) => `{ "name": "${name}" }\n`

/** Upstream with v1, and a fork of it that is called acme, has a service of its own and no files. */
function upstreamAndFork({ squashed = false } = {}) {
  const parent = mkdtempSync(join(tmpdir(), 'upgrade-test-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const [there, here] = [join(parent, 'upstream'), join(parent, 'fork')]
  mkdirSync(there)
  gitIn(there)('init', '--quiet', '--initial-branch=main')
  const upstream = repository(there)
  upstream.commit('Begin', {
    'package.json': manifest('old-shop'),
    'libs/errors/package.json': manifest('@oldies/errors'),
    'services/cart/cart.ts': cart(['const a = 1', 'const b = 2']),
    'services/files/files.ts': '// old-shop files\n',
    'deploy/old-shop.service': 'ExecStart=old-shop\n',
    'package-lock.json': '"@oldies/errors": 1\n',
  })
  upstream.git('tag', 'v1')

  const clone = () => gitIn(parent)('clone', '--quiet', '--no-tags', '--origin', 'upstream', there, here)
  const copy = () => {
    clone()
    rmSync(join(here, '.git'), { recursive: true })
    gitIn(here)('init', '--quiet', '--initial-branch=main')
    gitIn(here)('remote', 'add', 'upstream', there)
  }
  ;(squashed ? copy : clone)()
  const fork = repository(here)
  fork.commit('Rename', {
    'package.json': manifest('acme'),
    'libs/errors/package.json': manifest('@acme/errors'),
    'services/cart/cart.ts': cart(['const a = 1', 'const b = 2']).replace('OldShop', 'Acme').replace('oldies', 'acme'),
    'services/files/files.ts': null,
    'deploy/old-shop.service': null,
    'deploy/acme.service': 'ExecStart=acme\n',
    'services/orders/orders.ts': '// ours\n',
    'package-lock.json': '"@acme/errors": 1, "orders": 1\n',
  })
  return { upstream, fork, folder: here }
}

const release = ({ commit, git }: ReturnType<typeof repository>, tag: string, files: Record<string, string | null>) => {
  commit(tag, files)
  git('tag', tag)
}

/** What v2 brings: lines beside renamed ones, a moved file, a new one, a change of what the fork has removed. */
const v2 = {
  'services/cart/cart.ts': cart(['const zero = 0', 'const a = 1', 'const b = 2']),
  'services/cart/old-shop-rules.ts': 'export class OldShopRules {}\n',
  'services/files/files.ts': '// old-shop files, better\n',
  'services/files/more.ts': '// more\n',
  'deploy/old-shop.service': 'ExecStart=old-shop --fast\n',
  'package-lock.json': '"@oldies/errors": 2\n',
}

const trace = (git: Git) => git.tries('grep', '--ignore-case', '-E', '-e', 'old.?shop|oldies').out

test('a tag is merged under the fork’s name; what it removed stays removed, its own stays', async () => {
  const { upstream, fork, folder } = upstreamAndFork()
  release(upstream, 'v2', v2)
  const { code, output } = await run(() => upgradeCommand(['v2'], folder))
  expect(output).toContain('v2 is merged.')
  expect(code).toBe(0)
  expect(fork.read('services/cart/cart.ts')).toBe(
    ['// Acme carts', `import '@acme/errors'`, 'const zero = 0', 'const a = 1', 'const b = 2', ''].join('\n'),
  )
  expect(fork.read('services/cart/acme-rules.ts')).toBe('export class AcmeRules {}\n')
  expect(fork.read('deploy/acme.service')).toBe('ExecStart=acme --fast\n')
  expect([fork.has('services/files'), fork.has('deploy/old-shop.service')]).toEqual([false, false])
  expect(output).toContain('services/files/ stays removed')
  expect(fork.read('services/orders/orders.ts')).toBe('// ours\n')
  expect(fork.read('package-lock.json')).toContain('orders')
  expect(output).toContain('package-lock.json is to be made anew')
  expect(trace(fork.git)).toBe('')
  expect(fork.git('status', '--porcelain')).toBe('')
})

test('the next tag brings only what is new in it', async () => {
  const { upstream, fork, folder } = upstreamAndFork()
  release(upstream, 'v2', v2)
  await run(() => upgradeCommand(['v2'], folder))
  fork.commit('Ours', { 'services/cart/cart.ts': fork.read('services/cart/cart.ts').replace('b = 2', 'b = 3') })
  release(upstream, 'v3', { 'services/cart/cart.ts': v2['services/cart/cart.ts'].replace('zero = 0', 'zero = 00') })
  expect((await run(() => upgradeCommand(['v3'], folder))).code).toBe(0)
  expect(fork.read('services/cart/cart.ts')).toMatch(/zero = 00\nconst a = 1\nconst b = 3/)
  expect(await run(() => upgradeCommand(['v3'], folder))).toMatchObject({ code: 1, errors: 'v3 is in it already\n' })
})

test('what both sides changed waits for a person, and can be called off', async () => {
  const { upstream, fork, folder } = upstreamAndFork()
  fork.commit('Ours', { 'services/cart/cart.ts': fork.read('services/cart/cart.ts').replace('b = 2', 'b = 3') })
  release(upstream, 'v2', { 'services/cart/cart.ts': cart(['const a = 1', 'const b = 4']) })
  const before = fork.read('services/cart/cart.ts')
  const { code, output } = await run(() => upgradeCommand(['v2'], folder))
  expect(code).toBe(1)
  expect(output).toMatch(/which both sides have changed:\n {2}services\/cart\/cart.ts\n/)
  expect(fork.read('services/cart/cart.ts')).toMatch(/<<<<<<<[^]*b = 3[^]*=======[^]*b = 4[^]*>>>>>>>/)
  fork.git('merge', '--abort')
  expect(fork.read('services/cart/cart.ts')).toBe(before)
})

test('a fork without upstream’s history is told where it began', async () => {
  const { upstream, fork, folder } = upstreamAndFork({ squashed: true })
  release(upstream, 'v2', v2)
  const refused = await run(() => upgradeCommand(['v2'], folder))
  expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('say --from') })
  expect((await run(() => upgradeCommand(['v2', '--from', 'v1'], folder))).code).toBe(0)
  expect(fork.read('services/cart/cart.ts')).toContain('const zero = 0')
  expect(trace(fork.git)).toBe('')
})

test.each([
  [['v9'], 1, 'upstream has no tag v9; the newest are v1'],
  [['v1', '--remote', 'elsewhere'], 1, 'There is no remote elsewhere'],
  [[], 2, 'slipway upgrade <tag>'],
])('%j is refused, and nothing is changed', async (args, code, reason) => {
  const { fork, folder } = upstreamAndFork()
  const head = fork.git('rev-parse', 'HEAD')
  expect(await run(() => upgradeCommand(args, folder))).toMatchObject({ code, errors: expect.stringContaining(reason) })
  expect(fork.git('rev-parse', 'HEAD')).toBe(head)
})

test('uncommitted changes are refused', async () => {
  const { fork, folder } = upstreamAndFork()
  writeFileSync(join(folder, 'services/orders/orders.ts'), '// being written\n')
  expect(await run(() => upgradeCommand(['v1'], folder))).toMatchObject({
    code: 1,
    errors: expect.stringContaining('not committed'),
  })
  expect(fork.read('services/orders/orders.ts')).toBe('// being written\n')
})
