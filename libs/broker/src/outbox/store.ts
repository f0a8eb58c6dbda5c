import type { Sql } from '@slipway/database'

export interface OutboxRow {
  /** Insertion order; bigint as text. */
  position: string
  id: string
  type: string
  body: string
  /** How often it could not be published, up to now. */
  attempts: number
  emittedAt: Date
}

export interface Backlog {
  size: number
  ageSeconds: number
}

/**
 * Rows that are due, oldest first, for this relay alone until the lease ends. The array makes PostgreSQL look the rows
 * up by key, whatever its statistics say of the table.
 */
const lease = `
  WITH leased AS (
    UPDATE messaging.outbox SET leased_until = now() + $2 * interval '1 millisecond'
    WHERE position = ANY (ARRAY(
      SELECT position FROM messaging.outbox
      WHERE state <> 'published' AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
      ORDER BY due_at, position LIMIT $1 FOR UPDATE SKIP LOCKED))
    RETURNING position, due_at, id, type, event::text AS body, attempts, emitted_at
  )
  SELECT position, id, type, body, attempts, emitted_at AS "emittedAt" FROM leased ORDER BY due_at, leased.position`

const published = `
  UPDATE messaging.outbox SET state = 'published', published_at = now(), leased_until = NULL
  WHERE position = ANY ($1::bigint[]) AND state <> 'published'`

/** The wait doubles from a second to an hour: rows that nobody can take yet neither block nor spin. */
const postponed = `
  UPDATE messaging.outbox
  SET state = $2, attempts = attempts + 1, leased_until = NULL,
      due_at = now() + least(power(2, least(attempts, 20)), 3600) * interval '1 second'
  WHERE position = ANY ($1::bigint[]) AND state <> 'published'`

const released = `
  UPDATE messaging.outbox SET leased_until = NULL WHERE position = ANY ($1::bigint[]) AND state <> 'published'`

/** Counted up to a bound, so that a look at a long backlog stays cheap. */
const backlog = `
  SELECT (SELECT count(*)::int FROM (
            SELECT FROM messaging.outbox WHERE state <> 'published' AND due_at <= now() LIMIT 100000) counted) AS size,
         coalesce((SELECT extract(epoch FROM now() - due_at)::float8 FROM messaging.outbox
                   WHERE state <> 'published' AND due_at <= now() ORDER BY due_at LIMIT 1), 0) AS "ageSeconds"`

const prune = `
  DELETE FROM messaging.outbox WHERE position = ANY (ARRAY(
    SELECT position FROM messaging.outbox
    WHERE state = 'published' AND published_at < now() - $1 * interval '1 hour'
    ORDER BY published_at LIMIT $2 FOR UPDATE SKIP LOCKED))`

/** One statement for each batch, whatever its size. */
export class OutboxStore {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async lease(limit: number, leaseMs: number): Promise<OutboxRow[]> {
    return (await this.#sql.query<OutboxRow>(lease, [limit, leaseMs])).rows
  }

  async markPublished(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length > 0) await this.#sql.query(published, [positions(rows)])
  }

  /** Puts rows off for longer each time. */
  async postpone(rows: readonly OutboxRow[], state: 'unroutable' | 'waiting'): Promise<void> {
    if (rows.length > 0) await this.#sql.query(postponed, [positions(rows), state])
  }

  /** Gives rows back for any relay to take at once. */
  async release(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length > 0) await this.#sql.query(released, [positions(rows)])
  }

  async backlog(): Promise<Backlog> {
    const { rows } = await this.#sql.query<Backlog>(backlog)
    return rows[0] ?? { size: 0, ageSeconds: 0 }
  }

  /** @returns how many rows went */
  async prune(retentionHours: number, limit: number): Promise<number> {
    return (await this.#sql.query(prune, [retentionHours, limit])).rowCount ?? 0
  }
}

const positions = (rows: readonly OutboxRow[]) => rows.map(({ position }) => position)
