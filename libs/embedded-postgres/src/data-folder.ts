import { access, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UnusableDataFolder } from './errors.ts'

/** In a data folder that may be thrown away: made without fsync, to be made anew after an unclean stop. */
export const disposableMark = 'SLIPWAY_DISPOSABLE'

/** The folder's one true path; makes its parent (mode 700) if absent. */
export async function truePath(folder: string): Promise<string> {
  const path = resolve(folder)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return realpath(path).catch(async () => join(await realpath(dirname(path)), basename(path)))
}

/**
 * Whether there is a cluster to start. A folder that holds anything else is never touched.
 *
 * @throws UnusableDataFolder
 */
export async function hasCluster(
  folder: string,
  { major, durable }: { major: number; durable: boolean },
): Promise<boolean> {
  const entries = await list(folder)
  if (entries.length === 0) return false
  if (!entries.includes('PG_VERSION'))
    throw new UnusableDataFolder(folder, 'is not empty but lacks its file PG_VERSION')
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  if (!/^\d+(\.\d+)?$/.test(version))
    throw new UnusableDataFolder(folder, 'is damaged: its file PG_VERSION holds no version')
  if (version !== String(major)) {
    throw new UnusableDataFolder(
      folder,
      `was made by PostgreSQL ${version} and this is ${major}: dump it there and load it here`,
    )
  }
  if (entries.includes(disposableMark) === durable) {
    throw new UnusableDataFolder(
      folder,
      durable ? 'was made for throw-away data' : 'holds durable data, not to be risked without fsync',
    )
  }
  return true
}

async function list(folder: string) {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new UnusableDataFolder(folder, 'is a file')
    if (code !== 'EACCES') throw error
    const { uid } = await stat(folder)
    throw new UnusableDataFolder(folder, `belongs to user ${uid}: start as the user who made it, or as root`)
  }
}

/** A folder beside the data folder, on the same disk, for what must appear or vanish at once. */
export const makeDraft = (folder: string) => mkdtemp(`${folder}.draft-`)

/** Removes the drafts of starts that were killed; only while holding the data folder's lock. */
export async function sweepDrafts(folder: string): Promise<void> {
  const start = `${basename(folder)}.draft-`
  for (const name of await readdir(dirname(folder))) {
    // What an orphaned initdb still writes into is left for the next sweep.
    if (name.startsWith(start) && name.length === start.length + 6)
      await remove(join(dirname(folder), name)).catch(() => {})
  }
}

/** Removes a disposable data folder, so that being killed half way leaves no half a folder. */
export async function discard(folder: string): Promise<void> {
  await access(join(folder, disposableMark))
  const draft = await makeDraft(folder)
  await rename(folder, join(draft, 'data'))
  await remove(draft)
}

export const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
