import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const prefix = 'slipway-check-'
const leftoverMs = 3_600_000
/** Of the first and the last bytes: a ZIP’s record at the end is among them, with the longest comment. */
const edge = 65_557

export interface LocalCopy {
  path: string
  folder: string
  size: number
  sha256: string
  head: Buffer
  tail: Buffer
  remove(): Promise<void>
}

/** Copies what comes to a folder of its own, a chunk at a time. */
export async function copyLocally(bytes: Readable, dir = tmpdir(), signal?: AbortSignal): Promise<LocalCopy> {
  const folder = await makeFolder(dir).catch((error: unknown) => {
    bytes.destroy()
    throw error
  })
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'upload')
    const hash = createHash('sha256')
    let size = 0
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(bytes, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal })
    const { head, tail } = await edges(path, size)
    return { path, folder, size, sha256: hash.digest('hex'), head, tail, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function makeFolder(dir: string) {
  await mkdir(dir, { recursive: true })
  return mkdtemp(join(dir, prefix))
}

async function edges(path: string, size: number) {
  const file = await open(path)
  try {
    const length = Math.min(edge, size)
    const head = await file.read(Buffer.alloc(length), 0, length, 0)
    const tail = await file.read(Buffer.alloc(length), 0, length, size - length)
    return { head: head.buffer, tail: tail.buffer }
  } finally {
    await file.close()
  }
}

/** Copies of processes that died while they checked. One that cannot be removed, as it is of another user, is left. */
export async function removeLeftovers(dir = tmpdir()) {
  const names = await readdir(dir).catch(() => [])
  for (const name of names.filter((name) => name.startsWith(prefix))) {
    const facts = await stat(join(dir, name)).catch(() => undefined)
    if (facts && Date.now() - facts.mtimeMs > leftoverMs)
      await rm(join(dir, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
