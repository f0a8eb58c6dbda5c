import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { UploadForm } from '@slipway/contracts/files'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collect } from '../testing/collect.ts'
import { openDiskStore } from '../testing/stores.ts'
import { quarantineKey } from './keys.ts'

const mib = 1_048_576
const size = 120 * mib
/** Less than all of it: pipes and sockets have buffers of their own, which a busy machine fills. */
const inHand = 80 * mib

/** Bytes outside of the heap that are still held. */
function held(): number {
  collect()
  return process.memoryUsage().arrayBuffers
}

let opened: Awaited<ReturnType<typeof openDiskStore>>
beforeEach(async () => {
  opened = await openDiskStore()
})
afterEach(() => opened.stop())

test('the disk store holds a large file neither while it comes nor while it goes', async () => {
  const { store } = opened
  const key = quarantineKey(randomUUID())
  const contentType = 'application/pdf'
  const expiresAt = new Date(Date.now() + 3_600_000)
  const form = await store.uploadForm({ key, size, contentType, expiresAt })

  const before = held()
  const measured: number[] = []
  const sent = request(form.url, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  await pipeline(
    Readable.from(
      body(form, () => measured.push(held())),
      { highWaterMark: 1 },
    ),
    sent,
  )
  const [{ statusCode }] = await answered
  expect(statusCode).toBe(204)
  expect((await store.head(key))?.size).toBe(size)

  const url = await store.downloadUrl({ key, contentType, filename: 'a.pdf', inline: false, expiresAt })
  let got = 0
  const download = (await fetch(url)).body!
  await pipeline(
    download,
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (Math.floor(got / (20 * mib)) < Math.floor((got += chunk.length) / (20 * mib))) measured.push(held())
        done()
      },
    }),
  )
  expect(got).toBe(size)
  expect(measured).toHaveLength(12)
  expect(Math.max(...measured) - before).toBeLessThan(inHand)
})

/** The form as a browser sends it; tells after each twentieth megabyte. */
function* body({ fields }: UploadForm, tell: () => void) {
  for (const [name, value] of Object.entries(fields))
    yield `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  yield '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
  for (let count = 1; count <= size / mib; count++) {
    yield Buffer.alloc(mib, 'x')
    if (count % 20 === 0) tell()
  }
  yield '\r\n--x--\r\n'
}
