import type { AuditAction } from '../audit/audit.ts'
import { refuseFor } from '../attempt/attempt.ts'
import type { Deps, Tx } from '../deps.ts'
import { digest, newOpaqueToken } from '../secret/opaque-token.ts'
import type { Origin } from '../session/session.ts'
import { normalizeEmail } from '../user/user.ts'
import type { Sql } from '@slipway/database'
import { linkRequested, type Purpose } from './one-time-token.ts'

type LinkDeps = Pick<Deps, 'transaction' | 'attempts' | 'clock' | 'newId' | 'settings'>

const audited: Record<Purpose, AuditAction> = {
  'email-verification': 'email.verification-requested',
  'password-reset': 'password.reset-requested',
}
const minuteMs = 60_000
const hourMs = 3_600_000

/**
 * Announces a one-time link for whoever has the address. Nobody else learns whether there is such a user: an address
 * that is unknown, or was sent enough already, costs the same statements and gets the same answer.
 *
 * @throws TooManyAttempts when one network asks too often, whatever it asks for
 */
export async function requestLink(purpose: Purpose, address: string, origin: Origin, deps: LinkDeps) {
  const { attempts, settings, clock } = deps
  const email = normalizeEmail(address)
  const now = clock.now()
  const asked = await attempts.addInWindow(`link:address:${origin.network}`, now, new Date(now.getTime() - minuteMs))
  if (asked.count > settings.LINKS_PER_MINUTE_PER_ADDRESS) refuseFor(asked.firstAt.getTime() + minuteMs - now.getTime())

  const wanted = (await countLink(purpose, email, deps)) ? email : null
  await deps.transaction(async (tx, sql) => {
    const known = await announceLink(purpose, wanted, tx, deps)
    if (!known) await pretend(purpose, tx, sql, deps)
    await tx.audit.record({ action: audited[purpose], actor: null, subject: known?.userId ?? null, origin })
  })
}

/** Counts one more link to this address; false when it was sent enough within the hour, whoever has it by now. */
export async function countLink(
  purpose: Purpose,
  email: string,
  { attempts, clock, settings }: Pick<Deps, 'attempts' | 'clock' | 'settings'>,
): Promise<boolean> {
  const now = clock.now()
  const account = `link:${purpose}:${digest(email).toString('base64url')}`
  const { count } = await attempts.addInWindow(account, now, new Date(now.getTime() - hourMs))
  return count <= settings.LINKS_PER_HOUR_PER_ACCOUNT
}

/** Makes the token and announces it, for the user with this address; undefined when there is none. */
export async function announceLink(
  purpose: Purpose,
  email: string | null,
  tx: Pick<Tx, 'oneTimeTokens' | 'emit'>,
  { clock, settings }: Pick<Deps, 'clock' | 'settings'>,
) {
  const token = newOpaqueToken()
  const createdAt = clock.now()
  const lifeS = purpose === 'password-reset' ? settings.PASSWORD_RESET_TTL_S : settings.EMAIL_VERIFICATION_TTL_S
  const expiresAt = new Date(createdAt.getTime() + lifeS * 1_000)
  const addressee = await tx.oneTimeTokens.add({ hash: digest(token), purpose, createdAt, expiresAt }, email)
  if (addressee) await tx.emit(linkRequested(purpose, { ...addressee, token, expiresAt }))
  return addressee
}

/** The work of an announcement, taken back: only the time that it takes remains. */
async function pretend(purpose: Purpose, tx: Tx, sql: Sql, { clock, newId }: Pick<Deps, 'clock' | 'newId'>) {
  await sql.query('SAVEPOINT pretended')
  const nobody = { userId: newId(), email: 'nobody@example.invalid', token: newOpaqueToken(), expiresAt: clock.now() }
  await tx.emit(linkRequested(purpose, nobody))
  await sql.query('ROLLBACK TO SAVEPOINT pretended')
}
