import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDataFolder, restoring } from '../data-folder.ts'
import { Refusal } from '../refusal.ts'
import { contents, isData, label, unpack } from './archive.ts'
import { type Backup } from './back-up.ts'
import { endServer } from './end-server.ts'

/**
 * Puts a backup in the place of what the data folder holds. With `replace` that is kept aside, in a folder whose name is
 * answered; without it a folder that holds something is refused. Cut short, it leaves `.restoring` behind, with which
 * the platform refuses to start until the restore is run again.
 *
 * @throws Refusal, FolderInUse
 */
export async function restore({ dataDir, file, replace, ...rest }: Backup & { replace: boolean }) {
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`)
  await contents(file)
  const lock = await openDataFolder(dataDir, { unfinished: true })
  const draft = join(dataDir, restoring)
  try {
    const present = readdirSync(dataDir).filter(isData)
    if (present.length > 0 && !replace)
      throw new Refusal(`${dataDir} holds data: add --replace to put it aside and the backup in its place.`)
    // a server that does not start is no hindrance: its data goes aside
    await endServer({ dataDir, ...rest }).catch(() => {})
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { mode: 0o700 })
    await unpack(file, draft).catch((error: Error) => {
      if (present.length > 0) rmSync(draft, { recursive: true, force: true })
      throw new Refusal(`${file} cannot be unpacked, and nothing was changed: ${error.message}`)
    })
    spawnSync('sync') // all of it is on the disk before the old goes
    const aside =
      present.length > 0 ? join(dataDir, `.replaced-${new Date().toISOString().replaceAll(':', '')}`) : undefined
    if (aside) mkdirSync(aside, { mode: 0o700 })
    for (const name of present) renameSync(join(dataDir, name), join(aside!, name))
    for (const name of readdirSync(draft).filter((name) => name !== label))
      renameSync(join(draft, name), join(dataDir, name))
    rmSync(draft, { recursive: true })
    return { aside }
  } finally {
    lock.release()
  }
}
