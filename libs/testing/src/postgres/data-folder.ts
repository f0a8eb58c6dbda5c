import { createHash } from 'node:crypto'
import { lstatSync, statfsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const plenty = 4 * 1024 ** 3

/**
 * Where the embedded server keeps its data, which is a few hundred megabytes and dear to nobody: in memory where there
 * is plenty of it, so that a busy disk does not slow the copying of databases; in the repository's cache otherwise. Once
 * in memory it stays there: it may itself have taken the room.
 */
export function dataFolder(memory = '/dev/shm', wanted = plenty): string {
  const { uid } = userInfo()
  const name = createHash('sha256').update(repository).digest('hex').slice(0, 12)
  const inMemory = join(memory, `slipway-test-postgres-${uid}-${name}`)
  const found = lstatSync(inMemory, { throwIfNoEntry: false })
  // anybody may write there: what lies at our name must be ours
  const usable = found ? found.isDirectory() && found.uid === uid : freeBytes(memory) >= wanted
  return usable ? inMemory : join(repository, '.cache', 'test-postgres')
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}
