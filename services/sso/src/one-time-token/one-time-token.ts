import { EmailVerificationRequested, PasswordResetRequested } from '@slipway/contracts/sso'
import { AppError } from '@slipway/errors'

export type Purpose = 'email-verification' | 'password-reset'

export class InvalidOneTimeToken extends AppError {
  readonly code = 'INVALID_ONE_TIME_TOKEN'
  readonly status = 400
  constructor() {
    super('This link is not valid, was used already, or is too old; ask for a new one')
  }
}

/** Whom a token was sent to. */
export interface Addressee {
  userId: string
  email: string
}

interface Link extends Addressee {
  token: string
  expiresAt: Date
}

const announcements = {
  'email-verification': EmailVerificationRequested,
  'password-reset': PasswordResetRequested,
} as const

/** The only event, and the only place besides the link, that carries the token. */
export const linkRequested = (purpose: Purpose, { userId, email, token, expiresAt }: Link) =>
  announcements[purpose].create({
    subject: userId,
    data: { userId, email, token, expiresAt: expiresAt.toISOString() },
  })
