import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '@slipway/config'
import { migrateUp, TransactionPool } from '@slipway/database'
import { createObservability } from '@slipway/observability'
import { assemble, newId, systemClock } from '@slipway/service-kit'
import { acquireTestPostgres, issuer, testKeys } from '@slipway/testing'
import { files } from '../src/app.ts'

/** The service as its own process has it, listening, with a new database and an empty disk store. */
export async function openWorld() {
  const postgres = await acquireTestPostgres()
  const admin = new TransactionPool({ connectionString: postgres.adminUrl })
  admin.on('error', () => {}) // the server may stop before the last connection has said good-bye
  const database = `bench_files_${process.pid}`
  await admin.query(`CREATE DATABASE ${database}`)
  const url = Object.assign(new URL(postgres.adminUrl), { pathname: `/${database}` }).href
  await migrateUp(url, files.migrations)

  const dir = mkdtempSync(join(tmpdir(), 'files-bench-'))
  const { definition } = files
  const settings = readSettings(definition.settings, {
    DATABASE_URL: url,
    EVENTS_DATABASE_URL: url,
    PUBLIC_URL: 'http://127.0.0.1',
    SSO_URL: 'http://127.0.0.1/sso',
    TOKEN_ISSUER: issuer,
    LOG_LEVEL: 'warn',
    DISK_STORE_DIR: dir,
    DISK_STORE_SECRET: 'only-for-measuring-only-for-measuring',
  })
  const observability = createObservability({ service: 'files', version: '0', settings })
  const deps = await definition.buildDeps({ settings, observability, clock: systemClock, newId })
  const service = await assemble(definition, { settings, observability, deps, keys: (await testKeys()).keys })
  const address = await service.app.listen({ host: '127.0.0.1', port: 0 })

  return {
    deps,
    address,
    dir,
    async close() {
      await service.stop()
      await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
      await admin.end()
      await postgres.release()
      rmSync(dir, { recursive: true })
    },
  }
}

export const mib = (bytes: number) => Math.round(bytes / 1_048_576)
export const seconds = (since: number) => (performance.now() - since) / 1_000
export const percentile = (values: readonly number[], share: number) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN
