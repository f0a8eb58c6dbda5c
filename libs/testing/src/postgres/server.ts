import { fileURLToPath } from 'node:url'
import { acquireSharedPostgres } from '@slipway/embedded-postgres'

const dataDir = fileURLToPath(new URL('../../../../.cache/test-postgres', import.meta.url))

export interface TestPostgres {
  /** Superuser address of the server's `postgres` database. */
  adminUrl: string
  release(): Promise<void>
}

/** The server that tests use: TEST_DATABASE_URL, or else an embedded one that all test processes share. */
export async function acquireTestPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { adminUrl: given, release: async () => {} }
  const shared = await acquireSharedPostgres(dataDir)
  return { adminUrl: shared.adminUrl, release: () => shared.release() }
}
