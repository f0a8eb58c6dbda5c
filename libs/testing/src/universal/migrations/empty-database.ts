import type { Sql } from '@slipway/database'
import { allowingNetwork } from '../../network/allowed.ts'
import { asAdmin } from '../../postgres/admin.ts'
import { cloneForTest } from '../../postgres/clone.ts'

/** Runs work on a database of its own that is empty, and a connection to it. */
export async function withEmptyDatabase<T>(adminUrl: string, work: (url: string, sql: Sql) => Promise<T>): Promise<T> {
  const { url, release } = await cloneForTest(adminUrl, 'template0')
  try {
    return await allowingNetwork(url, () => asAdmin(url, (client) => work(url, client as Sql)))
  } finally {
    await release()
  }
}
