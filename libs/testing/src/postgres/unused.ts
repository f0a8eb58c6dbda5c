import pg from 'pg'

/** Same key for every process that makes or drops templates: they wait for each other. */
const lockKey = 7_270_001
const inUse = '55006'

export async function alone<T>(admin: pg.Client, work: () => Promise<T>): Promise<T> {
  await admin.query('SELECT pg_advisory_lock($1)', [lockKey])
  try {
    return await work()
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [lockKey])
  }
}

/**
 * Takes a database for this connection alone, or answers that others have it. A session's lock: it goes with the
 * connection, also when this process dies.
 */
export async function tryTake(admin: pg.Client, database: string): Promise<boolean> {
  const { rows } = await admin.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [
    database,
  ])
  return rows[0]!.taken
}

/** Tells others that a database is in use, until the connection ends. */
export async function share(admin: pg.Client, database: string) {
  await admin.query('SELECT pg_advisory_lock_shared(hashtext($1))', [database])
}

/** Drops those that nobody has taken or shares, and that nobody is connected to. */
export async function dropUnused(admin: pg.Client, databases: readonly string[]) {
  for (const database of databases) {
    if (!(await tryTake(admin, database))) continue
    try {
      await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)}`)
    } catch (error) {
      if ((error as { code?: string }).code !== inUse) throw error
    } finally {
      await admin.query('SELECT pg_advisory_unlock(hashtext($1))', [database])
    }
  }
}
