import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { openDataFolder } from '../data-folder.ts'
import { Refusal } from '../refusal.ts'
import { isData, label, pack } from './archive.ts'
import { endServer } from './end-server.ts'

export interface Backup {
  dataDir: string
  file: string
  environment: Environment
  production: boolean
}

/**
 * Everything that the platform keeps, cold: it must not run, and cannot start meanwhile. The file is there whole or not
 * at all.
 *
 * @throws Refusal, FolderInUse
 */
export async function backUp({ dataDir, file, environment, production }: Backup): Promise<void> {
  if (!existsSync(dataDir)) throw new Refusal(`There is no data folder ${dataDir}.`)
  if (existsSync(file)) throw new Refusal(`${file} is there already. Nothing was written.`)
  const lock = await openDataFolder(dataDir)
  const partial = `${file}.partial`
  const labelFile = join(dataDir, label)
  try {
    const names = readdirSync(dataDir).filter(isData)
    if (names.length === 0) throw new Refusal(`There is nothing in ${dataDir} to back up.`)
    await endServer({ dataDir, environment, production })
    writeFileSync(labelFile, JSON.stringify({ format: 1, made: new Date().toISOString(), holds: names }))
    rmSync(partial, { force: true })
    await pack(dataDir, [label, ...names], partial)
    renameSync(partial, file)
  } finally {
    rmSync(labelFile, { force: true })
    rmSync(partial, { force: true })
    lock.release()
  }
}
