import type { Sql } from '@slipway/database'

const note = 'INSERT INTO messaging.inbox (event_id, job) VALUES ($1, $2) ON CONFLICT DO NOTHING'

const prune = `
  DELETE FROM messaging.inbox WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM messaging.inbox WHERE processed_at < now() - $1 * interval '1 hour'
    ORDER BY processed_at LIMIT $2 FOR UPDATE SKIP LOCKED))`

/**
 * Notes in the job's own transaction that it does this event. While another transaction does the same it waits for it;
 * hence one of any number of duplicates works and commits, whenever a process dies.
 *
 * @returns false when the job has done the event before
 */
export async function noteInInbox(sql: Sql, eventId: string, job: string): Promise<boolean> {
  return (await sql.query(note, [eventId, job])).rowCount === 1
}

/** @returns how many rows went */
export async function pruneInbox(sql: Sql, retentionHours: number, limit: number): Promise<number> {
  return (await sql.query(prune, [retentionHours, limit])).rowCount ?? 0
}
