import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { systemClock } from '@slipway/service-kit'
import { diskStore } from '../src/store/disk-store.ts'
import { quarantineKey } from '../src/store/keys.ts'
import { mib, openWorld, seconds } from './world.ts'

/** `node services/files/bench/disk-upload.ts [MiB]`: the service’s memory while it takes a large file (2 GiB unless told). */
const chunk = Buffer.alloc(1_048_576, 'x')

if (process.argv[2] === 'service') {
  const world = await openWorld()
  process.send!({ address: world.address, dir: world.dir })
  process.once('message', () => void world.close().then(() => process.exit(0)))
} else {
  const size = Number(process.argv[2] ?? 2_048) * 1_048_576
  const child = fork(import.meta.filename, ['service'])
  const [{ address, dir }] = (await once(child, 'message')) as [{ address: string; dir: string }]
  const resident = () => {
    const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
    return Number(kib) * 1_024
  }
  const secret = 'only-for-measuring-only-for-measuring'
  const store = diskStore({ dir, secret, url: `${address}/files/store`, clock: systemClock })
  const expiresAt = new Date(Date.now() + 3_600_000)
  const form = await store.uploadForm({
    key: quarantineKey(randomUUID()),
    size,
    contentType: 'application/pdf',
    expiresAt,
  })

  const before = resident()
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, resident())), 50)
  const since = performance.now()
  const sent = request(form.url, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } })
  const answered = once(sent, 'response')
  await pipeline(Readable.from(body(form.fields, size)), sent)
  const [{ statusCode }] = (await answered) as [{ statusCode: number }]
  clearInterval(timer)
  console.log(
    `${mib(size)} MiB, ${statusCode}: ${(mib(size) / seconds(since)).toFixed(0)} MiB a second, ` +
      `memory ${mib(before)} MiB before, ${mib(peak)} MiB at most`,
  )
  child.send('stop')
  await once(child, 'exit')
}

function* body(fields: Record<string, string>, size: number) {
  for (const [name, value] of Object.entries(fields))
    yield `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  yield '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
  for (let left = size; left > 0; left -= chunk.length) yield chunk
  yield '\r\n--x--\r\n'
}
