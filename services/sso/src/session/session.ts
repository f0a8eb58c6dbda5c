import type { Session as SessionBody } from '@slipway/contracts/sso'
import { AppError } from '@slipway/errors'

export type EndReason = 'logged_out' | 'token_reused' | 'password_changed'

/** One log-in on one device: the family of all refresh tokens that came from it. */
export interface Session {
  id: string
  userId: string
  clientId: string
  userAgent: string | null
  address: string
  network: string
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
  endedAt: Date | null
  endReason: EndReason | null
}

/** Where a request comes from. */
export interface Origin {
  address: string
  network: string
  userAgent: string | null
}

export interface SessionLimits {
  idleMs: number
  longestMs: number
}

export class InvalidCredentials extends AppError {
  readonly code = 'INVALID_CREDENTIALS'
  readonly status = 401
  constructor() {
    super('There is no user with this e-mail address and password')
  }
}

export class SessionNotFound extends AppError {
  readonly code = 'SESSION_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such session')
  }
}

interface NewSession extends Origin {
  id: string
  userId: string
  clientId: string
}

export const startSession = (session: NewSession, limits: SessionLimits, now: Date): Session => ({
  ...session,
  createdAt: now,
  lastUsedAt: now,
  expiresAt: expiry(now, now, limits),
  endedAt: null,
  endReason: null,
})

/** Use keeps a session alive, but not for ever. */
export const useSession = (session: Session, limits: SessionLimits, now: Date): Session => ({
  ...session,
  lastUsedAt: now,
  expiresAt: expiry(session.createdAt, now, limits),
})

const expiry = (createdAt: Date, now: Date, { idleMs, longestMs }: SessionLimits) =>
  new Date(Math.min(now.getTime() + idleMs, createdAt.getTime() + longestMs))

export const isOver = ({ endedAt, expiresAt }: Session, now: Date) => endedAt !== null || expiresAt <= now

export const viewOf = (session: Session, currentId: string | undefined): SessionBody => ({
  id: session.id,
  current: session.id === currentId,
  device: session.userAgent,
  address: session.address,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
})
