import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judgeAudit } from './dependencies.ts'

const advisory = {
  id: 1,
  url: 'https://github.com/advisories/GHSA-test',
  title: 'Everything is wrong',
  severity: 'high',
  vulnerable_versions: '<2.0.0',
  cwe: [],
  cvss: { score: 9, vectorString: null },
}

test('a vulnerable dependency is a finding, with its title and address', async () => {
  expect(judgeAudit(await audit(200, { leaky: [advisory] }))).toEqual({
    status: 'failed',
    text: '\nleaky: high: Everything is wrong https://github.com/advisories/GHSA-test',
  })
})

test('a low one is not', async () => {
  expect(judgeAudit(await audit(200, { leaky: [{ ...advisory, severity: 'low' }] })).status).toBe('passed')
})

test('a registry that knows of none lets pass', async () => {
  expect(judgeAudit(await audit(200, {})).status).toBe('passed')
})

test('a registry that does not answer the question is said, and is no finding', async () => {
  const outcome = judgeAudit(await audit(405, { error: 'no' }))
  expect(outcome.status).toBe('skipped')
  expect(outcome.text).toContain('405')
})

test('words that are no report are a failure, not a pass', () => {
  expect(judgeAudit('npm error Cannot read properties of undefined').status).toBe('failed')
})

/** What the real npm says of a project with one dependency when the registry answers this. */
async function audit(status: number, advisories: object): Promise<string> {
  const registry = createServer((request, response) => {
    request.resume()
    response.writeHead(request.method === 'POST' ? status : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(advisories))
  }).listen(0, '127.0.0.1')
  await once(registry, 'listening')
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  const project = { name: 'x', version: '1.0.0', dependencies: { leaky: '1.0.0' } }
  const packages = { '': project, 'node_modules/leaky': { version: '1.0.0', integrity: 'sha512-x' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...project, lockfileVersion: 3, packages }))
  try {
    const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`
    const options = ['--registry', address, '--fetch-retries=0', '--cache', join(folder, 'cache')]
    const npm = spawn('npm', ['audit', '--json', '--package-lock-only', ...options], { cwd: folder })
    let output = ''
    for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (data) => (output += data))
    await once(npm, 'close')
    return output
  } finally {
    registry.close()
    rmSync(folder, { recursive: true })
  }
}
