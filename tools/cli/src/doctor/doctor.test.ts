import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checks } from './checks.ts'
import { examine } from './command.ts'

const about = (what: string) => checks.filter((check) => check.what.includes(what))

async function examined(what: string, files: Record<string, object>) {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), JSON.stringify(content))
  }
  const lines: string[] = []
  const code = await examine(about(what), folder, (line) => lines.push(line))
  rmSync(folder, { recursive: true })
  return { code, text: lines.join('\n') }
}

const lock = (version: string) => ({ packages: { 'node_modules/a': { version } } })

test('a package of another version than is locked is named', async () => {
  const same = { 'package-lock.json': lock('1.0.0'), 'node_modules/.package-lock.json': lock('1.0.0') }
  expect(await examined('lockfile', same)).toMatchObject({ code: 0, text: expect.stringContaining('All is well') })
  const other = { ...same, 'node_modules/.package-lock.json': lock('1.0.1') }
  expect(await examined('lockfile', other)).toMatchObject({ code: 1, text: expect.stringContaining('node_modules/a') })
  expect((await examined('lockfile', { 'package-lock.json': lock('1.0.0') })).text).toContain('npm run setup')
})

test('a version that is not exact is named', async () => {
  const manifest = (version: string) => ({ 'libs/a/package.json': { dependencies: { b: version } } })
  expect((await examined('exact', manifest('1.2.3'))).code).toBe(0)
  expect(await examined('exact', manifest('^1.2.3'))).toMatchObject({
    code: 1,
    text: expect.stringContaining('b ^1.2.3 in libs/a/package.json'),
  })
})
