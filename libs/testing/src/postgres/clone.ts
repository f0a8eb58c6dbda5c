import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { asAdmin, connectAsAdmin, copyDatabase, databaseUrl, dropDatabase } from './admin.ts'

export interface Clone {
  url: string
  /** Gives it back: drops it, or leaves it for the next. */
  release(): Promise<void>
}

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/** A database for one test alone. Its name tells which process made it, so that leftovers can be swept. */
export async function cloneForTest(adminUrl: string, template: string): Promise<Clone> {
  const name = `fresh_${host}_${process.pid}_${randomBytes(4).toString('hex')}`
  await asAdmin(adminUrl, (admin) => copyDatabase(admin, template, name))
  return { url: databaseUrl(adminUrl, name), release: () => asAdmin(adminUrl, (admin) => dropDatabase(admin, name)) }
}

/** Databases that processes of this machine made and, having died, did not drop. */
export function abandonedClones(databases: readonly string[]): string[] {
  return databases.filter((name) => {
    const [, pid] = new RegExp(`^fresh_${host}_(\\d+)_`).exec(name) ?? []
    return pid !== undefined && !isAlive(Number(pid))
  })
}

/** A database that is kept between runs and handed to one worker at a time. Whoever uses it leaves it as it was. */
export async function cloneForWorker(adminUrl: string, template: string): Promise<Clone> {
  const admin = await connectAsAdmin(adminUrl)
  for (let slot = 1; ; slot++) {
    const name = `worker_${slot}_of_${template}`
    // a session's lock: it goes with the connection, also when this process dies
    const { rows } = await admin.query<{ free: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS free', [name])
    if (!rows[0]?.free) continue
    const exists = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (exists.rowCount === 0) await copyDatabase(admin, template, name)
    return { url: databaseUrl(adminUrl, name), release: () => admin.end() }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
