import type { Sql } from '@slipway/database'
import type { Claim } from './orphans.ts'

export interface ClaimStore {
  /** Who claims objects under a prefix, in the order of the keys’ bytes, from the one after `after` on. */
  list(prefix: 'objects/' | 'quarantine/', after: string, limit: number): Promise<Claim[]>
  doomed(keys: readonly string[]): Promise<Set<string>>
}

// a check under way puts its object under a key of its own, which is doomed until then
const queries = {
  'objects/': `
    SELECT object_key AS key, id AS "fileId", true AS needed FROM files
    WHERE object_key COLLATE "C" > $1 AND status = 'ready' ORDER BY object_key COLLATE "C" LIMIT $2`,
  'quarantine/': `
    SELECT quarantine_key AS key, id AS "fileId", false AS needed FROM files
    WHERE quarantine_key COLLATE "C" > $1 AND status IN ('reserved', 'uploaded', 'checking')
    ORDER BY quarantine_key COLLATE "C" LIMIT $2`,
}

export function claimStore(sql: Sql): ClaimStore {
  return {
    list: async (prefix, after, limit) => (await sql.query<Claim>(queries[prefix], [after, limit])).rows,
    async doomed(keys) {
      const { rows } = await sql.query<{ key: string }>('SELECT key FROM doomed_objects WHERE key = ANY ($1)', [keys])
      return new Set(rows.map(({ key }) => key))
    },
  }
}
