import type { Sql } from '@slipway/database'
import { outboxChannel } from './channel.ts'

/** Short transactions: jobs and relays go on meanwhile. */
const replayBatch = 5_000

export interface OutboxRow {
  /** Insertion order; bigint as text. */
  position: string
  id: string
  type: string
  body: string
  /** Of the body, in UTF-8. */
  bytes: number
  /** How often it could not be published, up to now. */
  attempts: number
  /** When it was to go out: its commit, or later when it was emitted for later. */
  waitingSince: Date
}

export interface Backlog {
  size: number
  ageSeconds: number
  /** Of them nobody is bound to. */
  unroutable: number
}

/**
 * Rows that are due, oldest first, for this relay alone until the lease ends: as many as weigh $3 bytes and the one
 * that goes beyond it. The array makes PostgreSQL look the rows up by key, whatever its statistics say of the table.
 */
const lease = `
  WITH due AS MATERIALIZED (
    SELECT position, due_at, bytes FROM messaging.outbox
    WHERE state <> 'published' AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
    ORDER BY due_at, position LIMIT $1 FOR UPDATE SKIP LOCKED
  ),
  weighed AS (SELECT position, sum(bytes) OVER (ORDER BY due_at, position) - bytes AS before FROM due),
  leased AS (
    UPDATE messaging.outbox SET leased_until = now() + $2 * interval '1 millisecond'
    WHERE position = ANY (ARRAY(SELECT position FROM weighed WHERE before < $3))
    RETURNING position, due_at, id, type, event::text AS body, bytes, attempts, emitted_at
  )
  SELECT position, id, type, body, bytes, attempts,
         CASE attempts WHEN 0 THEN due_at ELSE emitted_at END AS "waitingSince" FROM leased ORDER BY due_at, leased.position`

const published = `
  UPDATE messaging.outbox SET state = 'published', published_at = now(), leased_until = NULL
  WHERE position = ANY ($1::bigint[]) AND state <> 'published'`

/** The wait doubles from a second to an hour: rows that nobody can take yet neither block nor spin. */
const postponed = `
  UPDATE messaging.outbox
  SET state = $2, attempts = attempts + 1, leased_until = NULL,
      unroutable_since = CASE $2 WHEN 'unroutable' THEN coalesce(unroutable_since, now()) END,
      due_at = now() + least(power(2, least(attempts, 20)), 3600) * interval '1 second'
  WHERE position = ANY ($1::bigint[]) AND state <> 'published'`

const released = `
  UPDATE messaging.outbox SET leased_until = NULL WHERE position = ANY ($1::bigint[]) AND state <> 'published'`

/**
 * Bounded by a time before the first batch: what the relay publishes again meanwhile is not taken once more. Due from
 * now on, so that the backlog's age tells of the relay and not of history.
 */
const replayed = `
  WITH again AS (
    UPDATE messaging.outbox
    SET state = 'waiting', attempts = 0, leased_until = NULL, published_at = NULL, unroutable_since = NULL, due_at = now()
    WHERE position = ANY (ARRAY(
      SELECT position FROM messaging.outbox
      WHERE state = 'published' AND published_at >= $1 AND published_at <= $2
        AND ($3::text[] IS NULL OR type = ANY ($3))
      ORDER BY published_at, position LIMIT $4 FOR UPDATE SKIP LOCKED))
    RETURNING 1
  )
  SELECT count(*)::int AS count, pg_notify('${outboxChannel}', '') FROM again`

/** What has become due since the last batch was taken counts too, unless a relay has it in hand. */
const nextDue = `
  SELECT greatest(0, extract(epoch FROM due_at - now())::float8 * 1000) AS ms FROM messaging.outbox
  WHERE state <> 'published' AND (leased_until IS NULL OR leased_until < now()) ORDER BY due_at LIMIT 1`

/** Counted up to a bound, so that a look at a long backlog stays cheap. */
const backlog = `
  SELECT (SELECT count(*)::int FROM (
            SELECT FROM messaging.outbox WHERE state <> 'published' AND due_at <= now() LIMIT 100000) counted) AS size,
         coalesce((SELECT extract(epoch FROM now() - due_at)::float8 FROM messaging.outbox
                   WHERE state <> 'published' AND due_at <= now() ORDER BY due_at LIMIT 1), 0) AS "ageSeconds",
         (SELECT count(*)::int FROM (
            SELECT FROM messaging.outbox WHERE state = 'unroutable' LIMIT 100000) counted) AS unroutable`

const prune = `
  DELETE FROM messaging.outbox WHERE position = ANY (ARRAY(
    SELECT position FROM messaging.outbox
    WHERE state = 'published' AND published_at < now() - $1 * interval '1 hour'
    ORDER BY published_at LIMIT $2 FOR UPDATE SKIP LOCKED))`

export interface Replay {
  /** Events published at or after this time. */
  readonly since: Date
  /** All when absent. */
  readonly types?: readonly string[]
}

const dropped = `
  DELETE FROM messaging.outbox WHERE position = ANY (ARRAY(
    SELECT position FROM messaging.outbox
    WHERE state = 'unroutable' AND unroutable_since < now() - $1 * interval '1 hour'
    ORDER BY unroutable_since LIMIT $2 FOR UPDATE SKIP LOCKED))
  RETURNING type`

/** One statement for each batch, whatever its size. */
export class OutboxStore {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async lease(limit: number, leaseMs: number, bytes: number): Promise<OutboxRow[]> {
    return (await this.#sql.query<OutboxRow>(lease, [limit, leaseMs, bytes])).rows
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

  /** How long until the next event that no relay has in hand is due, 0 when it is; undefined when there is none. */
  async nextDueMs(): Promise<number | undefined> {
    return (await this.#sql.query<{ ms: number }>(nextDue)).rows[0]?.ms
  }

  async backlog(): Promise<Backlog> {
    const { rows } = await this.#sql.query<Backlog>(backlog)
    return rows[0] ?? { size: 0, ageSeconds: 0, unroutable: 0 }
  }

  /**
   * Publishes again what was published since then and is not pruned yet: for queues that lost their content. All bound
   * queues get it; the inbox of each job knows what was done.
   *
   * @returns how many events go out again
   */
  async replay({ since, types }: Replay): Promise<number> {
    const { rows } = await this.#sql.query<{ now: string }>('SELECT clock_timestamp()::text AS now')
    const values = [since, rows[0]?.now, types ?? null, replayBatch]
    let total = 0
    for (let count = replayBatch; count === replayBatch; total += count) {
      const batch = await this.#sql.query<{ count: number }>(replayed, values)
      count = batch.rows[0]?.count ?? 0
    }
    return total
  }

  /** @returns how many rows went */
  async prune(retentionHours: number, limit: number): Promise<number> {
    return (await this.#sql.query(prune, [retentionHours, limit])).rowCount ?? 0
  }

  /** Gives up events that nobody was bound to for so long. @returns the type of each */
  async dropUnroutable(hours: number, limit: number): Promise<string[]> {
    return (await this.#sql.query<{ type: string }>(dropped, [hours, limit])).rows.map(({ type }) => type)
  }
}

const positions = (rows: readonly OutboxRow[]) => rows.map(({ position }) => position)
