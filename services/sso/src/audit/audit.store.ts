import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { AuditEvent, NewAuditEvent } from './audit.ts'

export interface AuditQuery {
  subject?: string
  actor?: string
  action?: string
  /** Id of the last one of the page before. */
  before?: string
  limit: number
}

export interface AuditStore {
  record(event: NewAuditEvent): Promise<void>
  /** Newest first. */
  list(query: AuditQuery): Promise<AuditEvent[]>
  /** Deletes up to `limit` from before then; returns how many. */
  prune(before: Date, limit: number): Promise<number>
}

export function auditStore(sql: Sql, { clock, newId }: { clock: Clock; newId: () => string }): AuditStore {
  return {
    async record({ action, actor, subject, origin, details = {} }) {
      await sql.query(
        `INSERT INTO audit_events (id, at, action, actor, subject, address, user_agent, details)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [newId(), clock.now(), action, actor, subject, origin?.address, origin?.userAgent, JSON.stringify(details)],
      )
    },
    async list({ subject, actor, action, before, limit }) {
      const { rows } = await sql.query<AuditEvent>(
        `SELECT id, at, action, actor, subject, address, user_agent AS "userAgent", details FROM audit_events
         WHERE ($1::text IS NULL OR subject = $1) AND ($2::text IS NULL OR actor = $2)
           AND ($3::text IS NULL OR action = $3) AND ($4::uuid IS NULL OR id < $4)
         ORDER BY id DESC LIMIT $5`,
        [subject ?? null, actor ?? null, action ?? null, before ?? null, limit],
      )
      return rows
    },
    async prune(before, limit) {
      const { rowCount } = await sql.query(
        `DELETE FROM audit_events WHERE id IN
           (SELECT id FROM audit_events WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [before, limit],
      )
      return rowCount ?? 0
    },
  }
}
