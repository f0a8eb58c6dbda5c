import type { Sql } from '@slipway/database'
import type { SigningKey } from './signing-key.ts'

export interface SigningKeyStore {
  /** Newest first. */
  all(): Promise<SigningKey[]>
  /** All of them, and until the transaction ends nobody else changes any. */
  lock(): Promise<SigningKey[]>
  add(key: SigningKey): Promise<void>
  /** `next` takes the place of `current`, whose private half is destroyed. */
  promote(at: Date, publishedUntil: Date): Promise<void>
  reseal(kid: string, privateKey: Uint8Array): Promise<void>
  delete(kid: string): Promise<void>
  /** Deletes those that need not be published any more; returns how many. */
  prune(now: Date): Promise<number>
}

const columns = `kid, algorithm, public_key AS "publicKey", private_key AS "privateKey", state, created_at AS "createdAt",
  activated_at AS "activatedAt", published_until AS "publishedUntil"`

export function signingKeyStore(sql: Sql): SigningKeyStore {
  const all = async () => {
    const { rows } = await sql.query<SigningKey>(`SELECT ${columns} FROM signing_keys ORDER BY created_at DESC, kid`)
    return rows
  }
  return {
    all,
    async lock() {
      await sql.query(`SELECT pg_advisory_xact_lock(hashtext('sso signing keys'))`)
      return all()
    },
    async add({ kid, algorithm, publicKey, privateKey, state, createdAt, activatedAt, publishedUntil }) {
      await sql.query(
        `INSERT INTO signing_keys
           (kid, algorithm, public_key, private_key, state, created_at, activated_at, published_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [kid, algorithm, JSON.stringify(publicKey), privateKey, state, createdAt, activatedAt, publishedUntil],
      )
    },
    async promote(at, publishedUntil) {
      await sql.query(
        `UPDATE signing_keys SET state = 'retired', private_key = '', retired_at = $1, published_until = $2
         WHERE state = 'current'`,
        [at, publishedUntil],
      )
      await sql.query(`UPDATE signing_keys SET state = 'current', activated_at = $1 WHERE state = 'next'`, [at])
    },
    async reseal(kid, privateKey) {
      await sql.query('UPDATE signing_keys SET private_key = $2 WHERE kid = $1', [kid, privateKey])
    },
    async delete(kid) {
      await sql.query('DELETE FROM signing_keys WHERE kid = $1', [kid])
    },
    async prune(now) {
      const { rowCount } = await sql.query(`DELETE FROM signing_keys WHERE published_until <= $1`, [now])
      return rowCount ?? 0
    },
  }
}
