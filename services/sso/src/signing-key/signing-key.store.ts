import type { Sql } from '@slipway/database'
import type { SigningKey } from './signing-key.ts'

export interface SigningKeyStore {
  all(): Promise<SigningKey[]>
  /** Keeps the key unless there is one in that state already, made by another replica a moment ago. */
  add(key: SigningKey): Promise<void>
}

export function signingKeyStore(sql: Sql): SigningKeyStore {
  return {
    async all() {
      const { rows } = await sql.query<SigningKey>(
        `SELECT kid, algorithm, public_key AS "publicKey", private_key AS "privateKey", state, created_at AS "createdAt"
         FROM signing_keys ORDER BY created_at DESC, kid`,
      )
      return rows
    },
    async add({ kid, algorithm, publicKey, privateKey, state, createdAt }) {
      await sql.query(
        `INSERT INTO signing_keys (kid, algorithm, public_key, private_key, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (state) WHERE state <> 'retired' DO NOTHING`,
        [kid, algorithm, JSON.stringify(publicKey), privateKey, state, createdAt],
      )
    },
  }
}
