import type { AuditEvent as AuditBody } from '@slipway/contracts/sso'

/** Every security event there is: what, in the past tense. */
export type AuditAction =
  | 'user.registered'
  | 'user.changed'
  | 'user.roles-changed'
  | 'user.unlocked'
  | 'user.deleted'
  | 'session.started'
  | 'session.refused'
  | 'session.ended'
  | 'session.all-ended'
  | 'session.token-reused'
  | 'password.changed'
  | 'password.change-refused'
  | 'password.reset-requested'
  | 'password.reset'
  | 'email.verification-requested'
  | 'email.verified'
  | 'client.refused'
  | 'client.created'
  | 'client.rotated'
  | 'key.rotated'

/** Where it came from; absent for commands and schedules. */
export interface AuditOrigin {
  address: string
  userAgent: string | null
}

export interface NewAuditEvent {
  action: AuditAction
  /** Id of the user or client who did it; null when nobody has proved who they are. */
  actor: string | null
  /** Id of the user or client whom it was done to. */
  subject: string | null
  origin?: AuditOrigin
  /** Facts without secrets and without personal data: this row outlives the user. */
  details?: Readonly<Record<string, unknown>>
}

export interface AuditEvent extends Required<Omit<NewAuditEvent, 'origin'>> {
  id: string
  at: Date
  address: string | null
  userAgent: string | null
}

/** Something that somebody did to their own account. */
export const byUser = (
  action: AuditAction,
  userId: string,
  origin: AuditOrigin,
  details?: NewAuditEvent['details'],
): NewAuditEvent => ({ action, actor: userId, subject: userId, origin, details })

export const viewOf = ({ at, userAgent, ...event }: AuditEvent): AuditBody => ({
  ...event,
  at: at.toISOString(),
  device: userAgent,
})
