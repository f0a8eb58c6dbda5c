import type { Sql } from '@slipway/database'

export interface Round<Report> {
  cursor: string | undefined
  report: Report
  startedAt: Date
}

/** How far a long round has come: whoever goes on with it begins where the last one stopped. */
export interface RoundStore {
  /** The round under way, or a new one; undefined while the last one is younger than `everyMs`. */
  current<Report>(name: string, fresh: Report, everyMs: number): Promise<Round<Report> | undefined>
  save<Report>(name: string, round: Round<Report>, finished: boolean): Promise<void>
}

export function roundStore(sql: Sql, now: () => Date): RoundStore {
  return {
    async current<Report>(name: string, fresh: Report, everyMs: number) {
      const { rows } = await sql.query<{
        cursor: string | null
        report: Report
        started_at: Date
        finished_at: Date | null
      }>('SELECT * FROM rounds WHERE name = $1', [name])
      const [row] = rows
      if (row && !row.finished_at)
        return { cursor: row.cursor ?? undefined, report: row.report, startedAt: row.started_at }
      if (row?.finished_at && now().getTime() - row.finished_at.getTime() < everyMs) return undefined
      return { cursor: undefined, report: fresh, startedAt: now() }
    },

    async save(name, { cursor, report, startedAt }, finished) {
      await sql.query(
        `INSERT INTO rounds (name, cursor, report, started_at, finished_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, report = excluded.report,
           started_at = excluded.started_at, finished_at = excluded.finished_at`,
        [name, cursor, JSON.stringify(report), startedAt, finished ? now() : null],
      )
    },
  }
}
