import { migrateUp } from '@slipway/database'
import { processDatabase } from '@slipway/database/testing'
import pg from 'pg'
import { inject } from 'vitest'
import { messagingMigrations } from '../migrations.ts'

export const poolSize = 10

export interface ScratchDatabase {
  url: string
  pool: pg.Pool
  /** Another pool, for one more process. */
  open(): pg.Pool
  drop(): Promise<void>
}

/** A database for one test file, with outbox and inbox unless it is `empty`. */
export async function scratchDatabase(kind: 'messaging' | 'empty' = 'messaging'): Promise<ScratchDatabase> {
  const adminUrl = inject('postgresUrl' as never) as string
  const name = processDatabase('broker')
  await asAdmin(adminUrl, `CREATE DATABASE ${name}`)
  const address = new URL(adminUrl)
  address.pathname = `/${name}`
  const url = address.href
  if (kind === 'messaging') await migrateUp(url, [messagingMigrations])
  const pools: pg.Pool[] = []
  const open = () => {
    const pool = new pg.Pool({ connectionString: url, max: poolSize })
    pool.on('error', () => {}) // tests cut connections
    pools.push(pool)
    return pool
  }
  return {
    url,
    pool: open(),
    open,
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()))
      await asAdmin(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function asAdmin(adminUrl: string, sql: string) {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
