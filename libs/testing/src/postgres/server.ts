import { acquireSharedPostgres } from '@slipway/embedded-postgres'
import { startContainer } from './container.ts'
import { dataFolder } from './data-folder.ts'
import { dockerAnswers } from './docker.ts'
import { dropKept, sweepAbandoned } from './sweep.ts'

export interface TestPostgres {
  /** Superuser address of the server's `postgres` database. */
  adminUrl: string
  release(): Promise<void>
}

/**
 * The server that tests use: TEST_DATABASE_URL; a container if TESTCONTAINERS=1 and a Docker engine answers; or else an
 * embedded one that all test processes share. TEST_POSTGRES_DIR puts its data elsewhere. What killed runs left there is
 * dropped, and with TEST_CREATE_DB=true what is kept between runs as well.
 */
export async function acquireTestPostgres(): Promise<TestPostgres> {
  const postgres = await findPostgres()
  await sweepAbandoned(postgres.adminUrl)
  if (process.env['TEST_CREATE_DB'] === 'true') await dropKept(postgres.adminUrl)
  return postgres
}

async function findPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { adminUrl: given, release: async () => {} }
  if (process.env['TESTCONTAINERS'] === '1' && (await dockerAnswers())) return startContainer()
  const shared = await acquireSharedPostgres(process.env['TEST_POSTGRES_DIR'] ?? dataFolder())
  return { adminUrl: shared.adminUrl, release: () => shared.release() }
}
