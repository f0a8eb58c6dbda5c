import pg from 'pg'
import { asAdmin } from '../../postgres/admin.ts'
import type { Dependency } from './check-health.ts'

/** A database that takes no connections while it is down, and breaks the ones it has. */
export function databaseDependency(name: string, adminUrl: string, url: string): Dependency {
  const database = decodeURIComponent(new URL(url).pathname.slice(1))
  const allow = (allowed: boolean) =>
    asAdmin(adminUrl, async (admin) => {
      await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(database)} ALLOW_CONNECTIONS ${String(allowed)}`)
      if (!allowed)
        await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database])
    })
  return { name, down: () => allow(false), up: () => allow(true) }
}
