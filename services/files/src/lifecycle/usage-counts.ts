import type { Sql } from '@slipway/database'
import { countedStatuses } from '../file/file.ts'

export interface UsageKey {
  purpose: string
  kind: 'owner' | 'subject'
  holder: string
  /** Where the next page begins. */
  cursor: string
}

interface Sums {
  files: number
  bytes: string
}

/** Usages as they are kept and as the files say. Within a transaction. */
export interface UsageCounts {
  list(after: string | undefined, limit: number): Promise<UsageKey[]>
  /** Corrects one under its lock; answers what differed. */
  recount(key: UsageKey): Promise<{ kept: Sums; counted: Sums } | undefined>
}

const position = `jsonb_build_array(purpose, kind, holder)::text`

export function usageCounts(sql: Sql): UsageCounts {
  return {
    async list(after, limit) {
      const { rows } = await sql.query<UsageKey>(
        `SELECT purpose, kind, holder, ${position} AS cursor FROM usages
         WHERE $1::jsonb IS NULL OR (purpose, kind, holder) > ($1::jsonb->>0, $1::jsonb->>1, $1::jsonb->>2)
         ORDER BY purpose, kind, holder LIMIT $2`,
        [after, limit],
      )
      return rows
    },

    async recount({ purpose, kind, holder }) {
      const key = [purpose, kind, holder]
      const where = 'purpose = $1 AND kind = $2 AND holder = $3'
      const locked = await sql.query<Sums>(`SELECT files, bytes FROM usages WHERE ${where} FOR UPDATE`, key)
      // whoever changes a file that counts here waits for the lock before it commits
      const column = kind === 'owner' ? 'owner' : 'subject'
      const sums = await sql.query<Sums>(
        `SELECT count(*)::int AS files, coalesce(sum(size), 0)::bigint AS bytes FROM files
         WHERE purpose = $1 AND ${column} = $2 AND status = ANY ($3)`,
        [purpose, holder, countedStatuses],
      )
      const [kept, counted] = [locked.rows[0], sums.rows[0]]
      if (!kept || !counted || (kept.files === counted.files && kept.bytes === counted.bytes)) return undefined
      await sql.query(`UPDATE usages SET files = $4, bytes = $5 WHERE ${where}`, [...key, counted.files, counted.bytes])
      return { kept, counted }
    },
  }
}
