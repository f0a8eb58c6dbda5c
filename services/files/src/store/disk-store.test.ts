import { randomUUID } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDiskStore } from '../testing/stores.ts'
import { quarantineKey } from './keys.ts'

let opened: Awaited<ReturnType<typeof openDiskStore>>
beforeEach(async () => {
  opened = await openDiskStore()
})
afterEach(() => opened.stop())

const incoming = () => readdir(join(opened.dir, 'incoming')).catch(() => [])

test('an upload that breaks off leaves nothing', async () => {
  const key = quarantineKey(randomUUID())
  const size = 1_000_000
  const expiresAt = new Date(Date.now() + 60_000)
  const form = await opened.store.uploadForm({ key, size, contentType: 'application/pdf', expiresAt })
  const fields = Object.entries(form.fields).map(
    ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const file = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
  const sent = request(form.url, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } })
  sent.on('error', () => {})
  sent.write(fields.join('') + file + 'half of it')
  await vi.waitFor(async () => expect(await incoming()).toHaveLength(1), 30_000)
  sent.destroy()
  await vi.waitFor(async () => expect(await incoming()).toEqual([]), 30_000)
  expect(await opened.store.head(key)).toBeUndefined()
})

test('what a crash left half written goes with the next round through the store, a day later', async () => {
  const folder = join(opened.dir, 'incoming')
  await mkdir(folder)
  const [old, young] = [randomUUID(), randomUUID()]
  for (const name of [old, young]) await writeFile(join(folder, name), 'half')
  const before = new Date(Date.now() - 25 * 3_600_000)
  await utimes(join(folder, old), before, before)
  await opened.store.list({ prefix: 'quarantine/', limit: 10 })
  expect(await incoming()).toEqual([young])
})

test('no key leads out of the folder', async () => {
  for (const key of [
    '../secret',
    'objects/../../etc/passwd',
    '/etc/passwd',
    'objects/00/x',
    `${quarantineKey(randomUUID())}/x`,
  ])
    expect(await opened.store.head(key)).toBeUndefined()
})
