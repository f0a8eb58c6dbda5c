import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tokenFor } from './token-for.ts'

/** An SSO that answers as told, and says what it was asked. */
async function sso(answers: Record<string, [status: number, body: object]>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url?.split('?')[0]}`
    asked.push(what)
    const [status, body] = answers[what] ?? [404, {}]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { asked, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function folder(secrets: object) {
  const dataDir = mkdtempSync(join(tmpdir(), 'token-'))
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(secrets))
  return dataDir
}

const session: [number, object] = [201, { accessToken: 'the-token' }]
const passwords = { ADMIN_PASSWORD: 'a', SHOPPER_PASSWORD: 's' }

test('a seeded user logs in', async () => {
  const { asked, baseUrl } = await sso({ 'POST /sso/v1/sessions': session })
  expect(await tokenFor('admin', { baseUrl, dataDir: folder(passwords) })).toBe('the-token')
  expect(asked).toEqual(['POST /sso/v1/sessions'])
})

test('for another role a user is made and given it, or found when there is one', async () => {
  const { asked, baseUrl } = await sso({
    'POST /sso/v1/sessions': session,
    'POST /sso/v1/users': [409, {}],
    'GET /sso/v1/users': [200, { items: [{ id: 'u1' }] }],
    'PUT /sso/v1/users/u1/roles': [200, {}],
  })
  expect(await tokenFor('support', { baseUrl, dataDir: folder(passwords) })).toBe('the-token')
  expect(asked.slice(-2)).toEqual(['PUT /sso/v1/users/u1/roles', 'POST /sso/v1/sessions'])
})

test('a role that is none, and a folder without a platform, are said', async () => {
  const { baseUrl } = await sso({
    'POST /sso/v1/sessions': session,
    'POST /sso/v1/users': [201, {}],
    'GET /sso/v1/users': [200, { items: [{ id: 'u1' }] }],
    'PUT /sso/v1/users/u1/roles': [400, { detail: 'There is no role x' }],
  })
  await expect(tokenFor('x', { baseUrl, dataDir: folder(passwords) })).rejects.toThrow('There is no role x')
  await expect(tokenFor('user', { baseUrl, dataDir: '/nowhere' })).rejects.toThrow('npm start')
})
