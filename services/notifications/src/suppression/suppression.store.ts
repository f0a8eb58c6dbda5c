import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

export interface Suppression {
  address: string
  reason: string
  createdAt: Date
}

/** Addresses to which nothing goes any more. */
export interface SuppressionStore {
  add(address: string, reason: string): Promise<void>
  /** However they are spelled. @returns how many were suppressed */
  lift(addresses: readonly string[]): Promise<number>
  /** Oldest first. */
  list(): Promise<Suppression[]>
}

export const suppressionStore = (sql: Sql, { clock }: { clock: Clock }): SuppressionStore => ({
  async add(address, reason) {
    await sql.query(
      'INSERT INTO suppressed_addresses (address, reason, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [address, reason, clock.now()],
    )
  },

  async lift(addresses) {
    const { rowCount } = await sql.query(
      'DELETE FROM suppressed_addresses WHERE lower(address) IN (SELECT lower(given) FROM unnest($1::text[]) AS given)',
      [addresses],
    )
    return rowCount ?? 0
  },

  async list() {
    const { rows } = await sql.query<Suppression>(
      'SELECT address, reason, created_at AS "createdAt" FROM suppressed_addresses ORDER BY created_at, address',
    )
    return rows
  },
})
