import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { root } from '../files.ts'
import { writeEnv } from './write-env.ts'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

function file() {
  const folder = mkdtempSync(join(tmpdir(), 'env-'))
  folders.push(folder)
  return join(folder, '.env')
}
const variables = (path: string) =>
  Object.fromEntries(
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=', 2) as [string, string]),
  )

test('every secret that docker-compose.yml insists on is made, each another, readable by the owner alone', () => {
  const env = file()
  writeEnv(env)
  const wanted = readFileSync(join(root, 'docker-compose.yml'), 'utf8').matchAll(/\$\{(\w+):\?/g)
  expect(Object.keys(variables(env)).sort()).toEqual([...new Set([...wanted].map(([, name]) => name))].sort())
  expect(new Set(Object.values(variables(env))).size).toBe(Object.keys(variables(env)).length)
  expect(statSync(env).mode & 0o777).toBe(0o600)
})

test('a second run changes nothing', () => {
  const env = file()
  writeEnv(env)
  const before = readFileSync(env, 'utf8')
  expect(writeEnv(env)).toEqual({ added: [] })
  expect(readFileSync(env, 'utf8')).toBe(before)
})

test('what is set stays, what is missing is added, and a file that others could read is closed', () => {
  const env = file()
  writeFileSync(env, 'POSTGRES_PASSWORD=mine\n# a remark\nexport AMQP_PASSWORD=too', { mode: 0o644 })
  const { added } = writeEnv(env)
  expect(added).not.toContain('POSTGRES_PASSWORD')
  expect(added).not.toContain('AMQP_PASSWORD')
  expect(added).toContain('SIGNING_KEY_SECRET')
  expect(readFileSync(env, 'utf8')).toMatch(/^POSTGRES_PASSWORD=mine\n# a remark\nexport AMQP_PASSWORD=too\n/)
  expect(statSync(env).mode & 0o777).toBe(0o600)
})

test('for production it holds no secret of development, and leaves to people what only they know', () => {
  const env = file()
  const { added } = writeEnv(env, { production: true })
  expect(added).toEqual(expect.arrayContaining(['POSTGRES_PASSWORD', 'SIGNING_KEY_SECRET', 'CLIENT_SECRET_ACQUIRING']))
  expect(added.filter((name) => /SANDBOX|ADMIN|SHOPPER|STRIPE|AMQP/.test(name))).toEqual([])
  expect(readFileSync(env, 'utf8')).toMatch(/^#PUBLIC_URL=.*^#STRIPE_SECRET_KEY=$/ms)
  expect(statSync(env).mode & 0o777).toBe(0o600)
})
