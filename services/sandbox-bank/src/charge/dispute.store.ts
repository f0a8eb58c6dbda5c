import type { Sql } from '@slipway/database'

/** When which charge is to be disputed. */
export class DisputeStore {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Pages whose charge is to be disputed by now, oldest first. */
  async due(now: Date, limit: number): Promise<string[]> {
    const { rows } = await this.#sql.query<{ id: string }>(
      'SELECT page_id AS id FROM charges WHERE charge_back_due_at <= $1 ORDER BY charge_back_due_at LIMIT $2',
      [now, limit],
    )
    return rows.map(({ id }) => id)
  }

  async nextDue(): Promise<Date | undefined> {
    const { rows } = await this.#sql.query<{ at: Date | null }>('SELECT min(charge_back_due_at) AS at FROM charges')
    return rows[0]?.at ?? undefined
  }
}
