import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isKey } from './keys.ts'
import { ObjectChanged, ObjectMissing } from './object-store.ts'

/** Another one for each time that something is put there: an object is replaced as a whole, never written into. */
const etagOf = ({ ino, mtimeNs, size }: { ino: bigint; mtimeNs: bigint; size: bigint }) =>
  `"${[ino, mtimeNs, size].map((part) => part.toString(16)).join('-')}"`

/** Objects as files below one folder. What is not whole is in `incoming`, under names that are no keys. */
export class DiskFiles {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  pathOf(key: string) {
    if (!isKey(key)) throw new ObjectMissing(key)
    return join(this.#dir, key)
  }

  async head(key: string) {
    try {
      const facts = await stat(this.pathOf(key), { bigint: true })
      return { size: Number(facts.size), etag: etagOf(facts) }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  /** @throws ObjectChanged, ObjectMissing */
  async read(key: string, etag: string): Promise<Readable> {
    const handle = await openToRead(this.pathOf(key))
    if (etagOf(await handle.stat({ bigint: true })) !== etag) {
      await handle.close()
      throw new ObjectChanged(key)
    }
    return handle.createReadStream()
  }

  /**
   * Stores what comes, whole or not at all, also when the power fails: written aside, flushed, renamed, and the folder
   * flushed. `check` judges what has passed before it takes its place.
   */
  async write(key: string, bytes: Readable, { through = [], check = () => {}, signal }: WriteOptions = {}) {
    const path = this.pathOf(key)
    const incoming = join(this.#dir, 'incoming')
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    const aside = join(incoming, randomUUID())
    try {
      const handle = await open(aside, 'wx', 0o600)
      await pipeline([bytes, ...through, handle.createWriteStream({ flush: true })], { signal })
      await check()
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(aside, path)
      await flushFolder(dirname(path))
    } finally {
      bytes.destroy()
      await rm(aside, { force: true })
    }
  }

  async delete(key: string) {
    await rm(this.pathOf(key), { force: true })
  }

  async list(prefix: string, after: string, limit: number) {
    const found: { key: string; size: number; changedAt: Date }[] = []
    for (const shard of await names(join(this.#dir, prefix))) {
      if (`${prefix}${shard}/\uffff` <= after) continue
      for (const name of await names(join(this.#dir, prefix, shard))) {
        const key = `${prefix}${shard}/${name}`
        if (key <= after || !isKey(key)) continue
        const facts = await stat(join(this.#dir, key)).catch(() => undefined)
        if (facts) found.push({ key, size: facts.size, changedAt: facts.mtime })
        if (found.length === limit) return found
      }
    }
    return found
  }

  /** Removes what a crash left half written. */
  async tidy(before: Date) {
    const incoming = join(this.#dir, 'incoming')
    for (const name of await names(incoming)) {
      const path = join(incoming, name)
      const facts = await stat(path).catch(() => undefined)
      if (facts && facts.mtime < before) await rm(path, { force: true })
    }
  }
}

export interface WriteOptions {
  through?: Transform[]
  check?: () => void | Promise<void>
  signal?: AbortSignal
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    if (isMissing(error)) throw new ObjectMissing()
    throw error
  }
}

/** Names in a folder, in the order of their bytes; none when it is not there. */
async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** A rename lasts when its folder is flushed; not every system can. */
async function flushFolder(folder: string) {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'EISDIR', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle.close()
  }
}

const isMissing = (error: unknown) =>
  error instanceof ObjectMissing || ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')
