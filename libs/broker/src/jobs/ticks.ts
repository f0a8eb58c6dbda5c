import type { Sql } from '@slipway/database'
import type { PeriodicJob } from './periodic-job.ts'

const claim = `
  WITH now AS (SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms),
  tick AS (
    SELECT to_timestamp(floor(ms / $3) * $3 / 1000) AS at, ms - floor(ms / $3) * $3 AS late_ms,
           $3 - (ms - floor(ms / $3) * $3) AS left_ms
    FROM now
  ),
  due AS (
    SELECT CASE $5 WHEN 'all' THEN least(tick.at, coalesce(job.tick + $3 * interval '1 millisecond', tick.at))
                   ELSE tick.at END AS at
    FROM tick LEFT JOIN messaging.periodic_job job ON job.name = $1
    WHERE $5 <> 'skip' OR late_ms <= $6
  ),
  claimed AS (
    INSERT INTO messaging.periodic_job AS job (name, tick, run, leased_until, started_at)
    SELECT $1, at, $2::uuid, clock_timestamp() + $4 * interval '1 millisecond', clock_timestamp() FROM due
    ON CONFLICT (name) DO UPDATE
      SET tick = excluded.tick, run = excluded.run, leased_until = excluded.leased_until,
          started_at = excluded.started_at, finished_at = NULL, error = NULL
      WHERE job.tick < excluded.tick AND ($7 OR job.leased_until IS NULL OR job.leased_until < clock_timestamp())
    RETURNING job.tick
  )
  SELECT (SELECT tick FROM claimed) AS tick, left_ms AS "nextInMs" FROM tick`

const renew = `
  UPDATE messaging.periodic_job SET leased_until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE name = $1 AND run = $2`

const finish = `
  UPDATE messaging.periodic_job SET leased_until = NULL, finished_at = clock_timestamp(), error = $3
  WHERE name = $1 AND run = $2`

export interface Claim {
  /** Absent when there is nothing to run now. */
  readonly tick: Date | null
  readonly nextInMs: number
}

type Schedule = Pick<PeriodicJob, 'name' | 'everyMs' | 'missed' | 'overlap' | 'jitterMs'>

/** A process that is replaced by another may miss the moment of a tick. */
const onTimeAtMostMs = 60_000

/** Who runs which tick, settled by the service's database and by its clock. */
export class Ticks {
  readonly #sql: Sql
  readonly leaseMs: number

  constructor(sql: Sql, leaseMs: number) {
    this.#sql = sql
    this.leaseMs = leaseMs
  }

  /** Claims the tick whose turn it is for one run, unless it was claimed before or an earlier run must not be disturbed. */
  async claim({ name, everyMs, missed, overlap, jitterMs }: Schedule, run: string): Promise<Claim> {
    const onTimeMs = jitterMs + Math.min(everyMs / 2, onTimeAtMostMs)
    const { rows } = await this.#sql.query<Claim>(claim, [
      name,
      run,
      everyMs,
      this.leaseMs,
      missed,
      onTimeMs,
      overlap === 'allow',
    ])
    return rows[0] ?? { tick: null, nextInMs: everyMs }
  }

  /** @returns false when another replica has taken over */
  async renew(name: string, run: string): Promise<boolean> {
    return (await this.#sql.query(renew, [name, run, this.leaseMs])).rowCount === 1
  }

  async finish(name: string, run: string, error?: string): Promise<void> {
    await this.#sql.query(finish, [name, run, error ?? null])
  }
}
