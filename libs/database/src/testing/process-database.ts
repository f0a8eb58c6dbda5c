import { createHash, randomBytes } from 'node:crypto'
import { hostname } from 'node:os'

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
const pattern = new RegExp(`^[a-z]+_${host}_(\\d+)_[0-9a-f]{8}$`)

/** Name of a database that this process makes and drops. It tells whose it is, so that leftovers can be swept. */
export function processDatabase(kind: string): string {
  return `${kind}_${host}_${process.pid}_${randomBytes(4).toString('hex')}`
}

/** Whether a process of this machine made the database and, having died, did not drop it. */
export function isAbandoned(database: string): boolean {
  const [, pid] = pattern.exec(database) ?? []
  return pid !== undefined && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
