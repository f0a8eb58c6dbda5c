import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { dataFolder, Platform } from './testing/platform.ts'

const folders: { remove(): void }[] = []
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()))

function folder() {
  const made = dataFolder()
  folders.push(made)
  return made.dataDir
}

const refused = async (options: Parameters<typeof Platform.launch>[0]) => {
  const platform = Platform.launch(options)
  return { code: await platform.exit(), output: platform.output }
}

test('production refuses generated secrets, seeded data and the sandbox bank, and names what to set', async () => {
  const { code, output } = await refused({
    dataDir: folder(),
    env: { NODE_ENV: 'production', SEED_USERS: 'a@b.test:x:admin', PAYMENT_PROVIDER: 'sandbox-bank' },
  })
  expect(code).toBe(1)
  for (const variable of [
    'POSTGRES_PASSWORD',
    'SIGNING_KEY_SECRET',
    'CLIENT_SECRET_ACQUIRING',
    'DISK_STORE_SECRET',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'PAYMENT_PROVIDER',
    'PUBLIC_URL',
    'SEED_USERS',
  ]) {
    expect(output).toMatch(new RegExp(`^  ${variable} `, 'm'))
  }
})

test('wrong settings of services are named, all of them', async () => {
  const { code, output } = await refused({ dataDir: folder(), env: { LOG_LEVEL: 'loud', DATABASE_POOL_SIZE: 'many' } })
  expect(code).toBe(1)
  expect(output).toMatch(/LOG_LEVEL must be one of .*DATABASE_POOL_SIZE/s)
})

test('an unreachable database is a sentence', async () => {
  const { code, output } = await refused({
    dataDir: folder(),
    env: { DATABASE_URL_CART: 'postgresql://postgres@127.0.0.1:1/cart' },
  })
  expect(code).toBe(1)
  expect(output).toContain('A database cannot be reached')
  expect(output).not.toContain('    at ')
})

test('a data folder that holds something else is left as it is', async () => {
  const dataDir = folder()
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres', 'thesis.txt'), 'years of work')
  const { code, output } = await refused({ dataDir })
  expect(code).toBe(1)
  expect(output).toContain('Nothing in it was changed')
})

test('damaged secrets are not made up anew', async () => {
  const dataDir = folder()
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'secrets.json'), '{"POSTGRES_PASS')
  const { code, output } = await refused({ dataDir })
  expect(code).toBe(1)
  expect(output).toContain('secrets.json is damaged')
})

test.each([
  ['--port', '99999'],
  ['--prot', '1'],
  ['--port', 'x1'],
])('the option %s %s is refused', async (name, value) => {
  const { code, output } = await refused({ dataDir: folder(), args: [name, value] })
  expect(code).toBe(1)
  expect(output).toMatch(/port must be a number|Unknown option/)
})
