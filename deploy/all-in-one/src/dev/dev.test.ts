import { once } from 'node:events'
import { utimesSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DevDoor } from './dev-door.ts'
import { watchSources } from './watch-sources.ts'

async function process(name: string) {
  const server = createServer((request, response) => response.writeHead(201, { 'x-by': name }).end(request.url))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function open() {
  const door = await DevDoor.open('127.0.0.1', 0)
  onTestFinished(() => door.close())
  const get = (path: string) => fetch(`http://127.0.0.1:${door.port}${path}`)
  return { door, get }
}

test('requests go to the newest process of the service that their path names', async () => {
  const { door, get } = await open()
  for (const name of ['old', 'new']) {
    door.lead('cart', await process(name))
    const answer = await get('/cart/v1/x?y=1')
    expect([answer.status, answer.headers.get('x-by'), await answer.text()]).toEqual([201, name, '/cart/v1/x?y=1'])
  }
})

test('a service that does not run is a problem; the front page lists those that do', async () => {
  const { door, get } = await open()
  expect((await get('/cart/v1/x')).status).toBe(503)
  door.lead('cart', 1) // nobody listens there
  const gone = await get('/cart/v1/x')
  expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
  expect(await (await get('/')).text()).toContain('/cart/docs')
  expect(await (await get('/docs/start.js')).text()).toContain('/cart/docs/openapi.json')
})

test('a taken port is a clear sentence', async () => {
  const { door } = await open()
  await expect(DevDoor.open('127.0.0.1', door.port)).rejects.toThrow('Choose another')
})

test('a saved file is about its service, one of a library about all, and a test about none', async () => {
  const told: string[][] = []
  const watcher = watchSources(['sso', 'cart'], (services) => told.push(services))
  onTestFinished(() => watcher.close())
  const save = (path: string) =>
    utimesSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), new Date(), new Date())
  save('services/sso/src/role/roles.test.ts')
  save('services/sso/src/app.ts')
  await vi.waitFor(() => expect(told).toEqual([['sso']]), 30_000)
  save('libs/errors/src/app-error.ts')
  await vi.waitFor(() => expect(told).toEqual([['sso'], ['sso', 'cart']]), 30_000)
})
