import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import { AttemptLost } from './errors.ts'

/** A request that must have one effect and one answer, however often it is sent. */
export interface KeyedRequest {
  readonly callerId: string
  readonly key: string
  /** SHA-256 in hex of what is asked for. */
  readonly fingerprint: string
}

/** One try of it. Only the newest may go on; the others find out when they write. */
export interface Attempt extends KeyedRequest {
  readonly id: string
  /** What an earlier attempt has begun to make. */
  readonly resourceId?: string
}

export interface Answer {
  readonly status: number
  readonly body: object
}

export type Claim =
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'running' }
  | { readonly kind: 'reused' }

export interface IdempotencyStore {
  claim(request: KeyedRequest): Promise<Claim>
  /** Proves that the attempt is still the newest and gives it more time. @throws AttemptLost */
  hold(attempt: Attempt, resourceId?: string): Promise<void>
  /** Keeps the final answer. @throws AttemptLost */
  answer(attempt: Attempt, answer: Answer): Promise<void>
  /** Lets the next try begin at once. */
  giveBack(attempt: Attempt): Promise<void>
  /** Forgets keys that are older than they are kept. How many there were, at most `limit`. */
  prune(limit: number): Promise<number>
}

const keptMs = 24 * 60 * 60_000

interface Options {
  clock: Clock
  newId: () => string
  /** How long an attempt may go on without a sign of life before another one takes over. */
  leaseMs: number
}

export function idempotencyStore(sql: Sql, { clock, newId, leaseMs }: Options): IdempotencyStore {
  const leaseEnd = () => new Date(clock.now().getTime() + leaseMs)
  const keptSince = () => new Date(clock.now().getTime() - keptMs)

  async function mustBeNewest({ rowCount }: { rowCount: number | null }) {
    if (rowCount !== 1) throw new AttemptLost()
  }

  return {
    async claim(request) {
      const { callerId, key, fingerprint } = request
      const id = newId()
      const now = clock.now()
      const { rows } = await sql.query<{ resource_id: string | null }>(
        `INSERT INTO idempotency_keys AS known (caller_id, key, fingerprint, attempt_id, leased_until, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (caller_id, key) DO UPDATE SET attempt_id = $4, leased_until = $5
           WHERE known.status IS NULL AND known.leased_until <= $6 AND known.fingerprint = $3 AND known.created_at > $7
         RETURNING resource_id`,
        [callerId, key, fingerprint, id, leaseEnd(), now, keptSince()],
      )
      const [claimed] = rows
      if (!claimed) return look(request)
      return { kind: 'attempt', attempt: { ...request, id, resourceId: claimed.resource_id ?? undefined } }
    },

    async hold({ callerId, key, id }, resourceId) {
      await mustBeNewest(
        await sql.query(
          `UPDATE idempotency_keys SET leased_until = $4, resource_id = coalesce($5, resource_id)
           WHERE caller_id = $1 AND key = $2 AND attempt_id = $3 AND status IS NULL`,
          [callerId, key, id, leaseEnd(), resourceId],
        ),
      )
    },

    async answer({ callerId, key, id }, { status, body }) {
      await mustBeNewest(
        await sql.query(
          `UPDATE idempotency_keys SET status = $4, body = $5
           WHERE caller_id = $1 AND key = $2 AND attempt_id = $3 AND status IS NULL`,
          [callerId, key, id, status, JSON.stringify(body)],
        ),
      )
    },

    async giveBack({ callerId, key, id }) {
      await sql.query(
        `UPDATE idempotency_keys SET leased_until = $4
         WHERE caller_id = $1 AND key = $2 AND attempt_id = $3 AND status IS NULL`,
        [callerId, key, id, clock.now()],
      )
    },

    async prune(limit) {
      const { rowCount } = await sql.query(
        `DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM idempotency_keys WHERE created_at <= $1 AND leased_until <= $2 LIMIT $3))`,
        [keptSince(), clock.now(), limit],
      )
      return rowCount ?? 0
    },
  }

  async function look({ callerId, key, fingerprint }: KeyedRequest): Promise<Claim> {
    await sql.query(
      'DELETE FROM idempotency_keys WHERE caller_id = $1 AND key = $2 AND created_at <= $3 AND leased_until <= $4',
      [callerId, key, keptSince(), clock.now()],
    )
    const { rows } = await sql.query<{ fingerprint: string; status: number | null; body: object }>(
      'SELECT fingerprint, status, body FROM idempotency_keys WHERE caller_id = $1 AND key = $2',
      [callerId, key],
    )
    const [known] = rows
    if (known && known.fingerprint !== fingerprint) return { kind: 'reused' }
    if (known && known.status !== null) return { kind: 'answered', answer: { status: known.status, body: known.body } }
    return { kind: 'running' }
  }
}
