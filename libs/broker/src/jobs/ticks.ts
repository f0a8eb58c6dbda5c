import type { Sql } from '@slipway/database'

const claim = `
  WITH now AS (SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms),
  tick AS (SELECT to_timestamp(floor(ms / $3) * $3 / 1000) AS at, $3 - (ms - floor(ms / $3) * $3) AS left_ms FROM now),
  claimed AS (
    INSERT INTO messaging.periodic_job AS job (name, tick, run, leased_until, started_at)
    SELECT $1, at, $2::uuid, clock_timestamp() + $4 * interval '1 millisecond', clock_timestamp() FROM tick
    ON CONFLICT (name) DO UPDATE
      SET tick = excluded.tick, run = excluded.run, leased_until = excluded.leased_until,
          started_at = excluded.started_at, finished_at = NULL, error = NULL
      WHERE job.tick < excluded.tick AND (job.leased_until IS NULL OR job.leased_until < clock_timestamp())
    RETURNING 1
  )
  SELECT EXISTS (SELECT FROM claimed) AS claimed, left_ms AS "nextInMs" FROM tick`

const renew = `
  UPDATE messaging.periodic_job SET leased_until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE name = $1 AND run = $2`

const finish = `
  UPDATE messaging.periodic_job SET leased_until = NULL, finished_at = clock_timestamp(), error = $3
  WHERE name = $1 AND run = $2`

/** Who runs which tick, settled by the service's database and by its clock. */
export class Ticks {
  readonly #sql: Sql
  readonly leaseMs: number

  constructor(sql: Sql, leaseMs: number) {
    this.#sql = sql
    this.leaseMs = leaseMs
  }

  /** Claims the current tick for one run, unless it was claimed before or an earlier run still goes on. */
  async claim(name: string, run: string, everyMs: number): Promise<{ claimed: boolean; nextInMs: number }> {
    const { rows } = await this.#sql.query<{ claimed: boolean; nextInMs: number }>(claim, [
      name,
      run,
      everyMs,
      this.leaseMs,
    ])
    return rows[0] ?? { claimed: false, nextInMs: everyMs }
  }

  /** @returns false when another replica has taken over */
  async renew(name: string, run: string): Promise<boolean> {
    return (await this.#sql.query(renew, [name, run, this.leaseMs])).rowCount === 1
  }

  async finish(name: string, run: string, error?: string): Promise<void> {
    await this.#sql.query(finish, [name, run, error ?? null])
  }
}
