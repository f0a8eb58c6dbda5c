import { mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, onTestFinished } from 'vitest'

/** Where the library itself would put the binaries if it found nothing better: shared by all tests, and by their reruns. */
export const runtimeDir = `/var/tmp/slipway-postgres-${process.getuid!()}`

/** A folder of mode 700 for one test. */
export function scratch(
  prefix = 'slipway test-',
  cleanUp: (work: () => Promise<void>) => void = onTestFinished,
): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  cleanUp(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  return folder
}

/** The same for all tests of a file. */
export const scratchForAll = (prefix?: string) => scratch(prefix, afterAll)

export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

export const postmasterOf = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])

/** Every file below the folder. */
export const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path, 'base64')])
