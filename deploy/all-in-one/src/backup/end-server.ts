import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { startEmbeddedPostgres } from '@slipway/embedded-postgres'
import { readSecrets } from '../secrets.ts'

/** After a platform that was killed PostgreSQL may still run, or its data want recovery: both end in a clean shutdown. */
export async function endServer(of: { dataDir: string; environment: Environment; production: boolean }) {
  const dataDir = join(of.dataDir, 'postgres')
  if (!existsSync(join(dataDir, 'postmaster.pid'))) return
  const password = readSecrets(of.dataDir, of.environment, of.production)['POSTGRES_PASSWORD']!
  const server = await startEmbeddedPostgres({ dataDir, durable: true, password })
  await server.stop()
}
