import { AppError } from '@slipway/errors'
import { open, seal } from '../secret/sealed.ts'
import { isOver, type Session } from './session.ts'

export interface RefreshToken {
  hash: Uint8Array
  sessionId: string
  rotatedAt: Date | null
  /** The sealed successor, until that is used itself. */
  successor: Uint8Array | null
}

export class InvalidRefreshToken extends AppError {
  readonly code = 'INVALID_REFRESH_TOKEN'
  readonly status = 401
  constructor() {
    super('The refresh token is not valid, or its session is over; log in again')
  }
}

export class TokenReused extends AppError {
  readonly code = 'TOKEN_REUSED'
  readonly status = 401
  constructor() {
    super('A refresh token of this session was used twice, so the session is over; log in again')
  }
}

/** `rotate`: gets a successor. `repeat`: gets the same one again. `reused`: somebody else has it too. `refused`. */
export type Verdict = 'rotate' | 'repeat' | 'reused' | 'refused'

/**
 * Judges a token that was presented. Within the grace window tabs that refresh at once, or a client that lost the
 * answer, get what the first one got; the window ends early when the successor itself is used.
 */
export function judge(token: RefreshToken, session: Session, graceMs: number, now: Date): Verdict {
  if (session.endReason === 'token_reused') return 'reused'
  if (isOver(session, now)) return 'refused'
  if (token.rotatedAt === null) return 'rotate'
  const inGrace = now.getTime() - token.rotatedAt.getTime() <= graceMs
  return inGrace && token.successor !== null ? 'repeat' : 'reused'
}

const purpose = 'refresh token successor'

/** Only who has the token can open it: the database alone gives neither token away. */
export const sealSuccessor = (token: string, successor: string) =>
  seal({ secret: token, purpose }, Buffer.from(successor))

export const openSuccessor = (token: string, box: Uint8Array) => open({ secret: token, purpose }, box).toString()
