import { randomBytes } from 'node:crypto'
import type { Sql } from '@slipway/database'
import { allowNetwork } from '../../network/allowed.ts'
import { asAdmin, copyDatabase, databaseUrl, dropDatabase } from '../../postgres/admin.ts'

/** Runs work on a database of its own that is empty, and a connection to it. */
export async function withEmptyDatabase<T>(adminUrl: string, work: (url: string, sql: Sql) => Promise<T>): Promise<T> {
  const name = `ladder_${process.pid}_${randomBytes(4).toString('hex')}`
  await asAdmin(adminUrl, (admin) => copyDatabase(admin, 'template0', name))
  const url = databaseUrl(adminUrl, name)
  const close = allowNetwork(url)
  try {
    return await asAdmin(url, (client) => work(url, client as Sql))
  } finally {
    close()
    await asAdmin(adminUrl, (admin) => dropDatabase(admin, name))
  }
}
