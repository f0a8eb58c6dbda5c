import { AppError } from '@slipway/errors'

export class DatabaseUnavailable extends AppError {
  readonly code = 'DATABASE_UNAVAILABLE'
  readonly status = 503
  constructor(cause: unknown) {
    super('The service cannot reach its database; try again', { cause, headers: { 'retry-after': '1' } })
  }
}

/** A statement came after the end of its transaction: it took too long, or its work has returned. */
export class TransactionEnded extends Error {
  override readonly name = 'TransactionEnded'
  constructor() {
    super('This transaction has ended')
  }
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  // https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, too many of them, shutdown, start-up
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  // https://www.prisma.io/docs/orm/reference/error-reference: unreachable, timed out, closed, no transaction in time
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
])
const connectionMessages =
  /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end/

const isUnavailable = (cause: { code?: unknown; message?: unknown }) =>
  cause instanceof TransactionEnded ||
  connectionCodes.has(String(cause.code)) ||
  connectionMessages.test(String(cause.message))

/** The code under which PostgreSQL or Prisma reported it, looked for in the causes as well. */
function* causes(
  error: unknown,
): Generator<{ code?: unknown; message?: unknown; meta?: unknown; constraint?: unknown }> {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    yield at
    at = (at as { cause?: unknown }).cause
  }
}

/** A broken, refused or exhausted connection, or a transaction that took too long, becomes `DatabaseUnavailable`; anything else comes back as it is. */
export function asDatabaseUnavailable(error: unknown): unknown {
  if (error instanceof AppError) return error
  for (const cause of causes(error)) if (isUnavailable(cause)) return new DatabaseUnavailable(error)
  return error
}

/** True for a unique violation, from Prisma or from plain SQL; with `name`, only of that constraint or column. */
export function isUniqueViolation(error: unknown, name?: string): boolean {
  for (const cause of causes(error)) {
    if (cause.code !== '23505' && cause.code !== 'P2002') continue
    return name === undefined || JSON.stringify([cause.constraint, cause.meta, cause.message]).includes(name)
  }
  return false
}
