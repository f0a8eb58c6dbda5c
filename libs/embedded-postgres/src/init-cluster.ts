import { execFile } from 'node:child_process'
import { mkdir, open, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { superuser } from './connection.ts'
import { disposableMark, makeDraft, remove } from './data-folder.ts'
import { NoDiskSpace, ServerFailed, UnsupportedPlatform, UnusableDataFolder } from './errors.ts'
import { addressOf, programEnvironment, type Host } from './host.ts'
import { lastWords } from './log-file.ts'
import { asUser, giveTo } from './run-as.ts'

/** Makes the data folder, which is absent or empty: it appears complete or not at all. */
export async function initCluster(host: Host): Promise<void> {
  const { dataDir, durable, user, log } = host
  log(`Creating the database in ${dataDir}`)
  const draft = await makeDraft(dataDir)
  const data = join(draft, 'data')
  try {
    await mkdir(data, { mode: 0o700 })
    await writeFile(join(draft, 'password'), host.password, { mode: 0o600 })
    if (user) await giveTo(user, draft)
    await runInitdb(host, data)
    if (!durable) await writeFile(join(data, disposableMark), 'Slipway makes this folder anew after an unclean stop.\n')
    await rename(data, dataDir)
    if (durable) await flushFolder(dirname(dataDir))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') {
      throw new UnusableDataFolder(dataDir, 'is a mount point: use a folder inside it')
    }
    throw error
  } finally {
    await remove(draft)
  }
}

async function runInitdb({ binaries, dataDir, durable, user }: Host, data: string) {
  const address = addressOf(data, user)
  const options = [
    ...['-D', address, `--pwfile=${address}/../password`, `--username=${superuser}`, '--auth=scram-sha-256'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8', '--data-checksums'],
    ...['--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ]
  try {
    await promisify(execFile)(binaries.initdb, options, { ...asUser(user), cwd: data, env: programEnvironment })
  } catch (error) {
    const said = (error as { stderr?: string }).stderr || (error as Error).message
    if (/effective user ID \d+: user does not exist/.test(said)) {
      throw new UnsupportedPlatform(
        'PostgreSQL creates a database only for a user whose id has a name (an entry in /etc/passwd)',
      )
    }
    if (said.includes('No space left on device')) throw new NoDiskSpace(dataDir, error)
    throw new ServerFailed('PostgreSQL could not create its database', dataDir, lastWords(said))
  }
}

/** A rename lasts through a power cut only once its folder is on the disk. */
async function flushFolder(folder: string) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
