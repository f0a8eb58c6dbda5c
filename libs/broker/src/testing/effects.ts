import type { Sql } from '@slipway/database'
import type pg from 'pg'
import type { RunTransaction } from '../jobs/middleware/transaction.ts'

/** What a test job does to its service's own rows: adds one for each run that took effect. */
export const createEffects = 'CREATE TABLE effect (job text NOT NULL, parcels integer NOT NULL)'

export interface Tx {
  ship(job: string, parcels: number): Promise<void>
  readonly sql: Sql
}

/** A service's `transaction` on a plain pool. */
export function transactionsOf(pool: pg.Pool): RunTransaction<Tx> {
  return async (work) => {
    const client = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error) => (broken = error)
    client.on('error', onError)
    try {
      await client.query('BEGIN')
      const ship = async (job: string, parcels: number) =>
        void (await client.query('INSERT INTO effect VALUES ($1, $2)', [job, parcels]))
      const result = await work({ ship, sql: client }, client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }
}

export async function effectsOf(pool: pg.Pool): Promise<Record<string, number[]>> {
  const { rows } = await pool.query<{ job: string; parcels: number[] }>(
    'SELECT job, array_agg(parcels ORDER BY parcels) AS parcels FROM effect GROUP BY job',
  )
  return Object.fromEntries(rows.map(({ job, parcels }) => [job, parcels]))
}
