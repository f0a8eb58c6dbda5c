import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseError } from 'pg'
import { withConnection } from './connection.ts'
import { WrongPassword } from './errors.ts'
import { readPidFile } from './postmaster.ts'
import type { Running } from './running.ts'

/** The server ended, or did not answer in time. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

/**
 * Waits until the server says that it is ready and lets us in; recovery after a crash may take its time, an answer may
 * not. Returns its port.
 *
 * @throws WrongPassword, NotReady
 */
export async function waitReady(
  { dataDir, password, log, patienceMs = 600_000 }: Wanted,
  running: Running,
): Promise<number> {
  const start = performance.now()
  let told = false
  while (performance.now() - start < patienceMs) {
    if (!running.alive()) throw new NotReady('PostgreSQL ended while starting')
    const file = readPidFile(dataDir)
    if (file?.pid === running.pid && file.ready) {
      if (await answers(file.port, { dataDir, password })) return file.port
      patienceMs = Math.min(patienceMs, performance.now() - start + answerMs)
    }
    if (!told && performance.now() - start > 3_000) {
      told = true
      log('Waiting for PostgreSQL, which may be recovering from an unclean stop')
    }
    await pause(10)
  }
  throw new NotReady('PostgreSQL does not answer')
}

interface Wanted {
  dataDir: string
  password: string
  log: (line: string) => void
  patienceMs?: number
}

const answerMs = 10_000

async function answers(port: number, { dataDir, password }: Pick<Wanted, 'dataDir' | 'password'>) {
  try {
    await withConnection({ port, password }, (client) => client.query('SELECT 1'))
    return true
  } catch (error) {
    if ((error as DatabaseError).code === '28P01') throw new WrongPassword(dataDir)
    return false
  }
}
