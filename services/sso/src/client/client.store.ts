import type { Sql } from '@slipway/database'

export interface HashedSecret {
  clientId: string
  hash: Buffer
}

export interface ClientStore {
  hashesOf(clientId: string): Promise<Buffer[]>
  /** Makes these the only secrets there are. */
  replaceAll(secrets: readonly HashedSecret[], now: Date): Promise<void>
}

export function clientStore(sql: Sql): ClientStore {
  return {
    async hashesOf(clientId) {
      const { rows } = await sql.query<{ hash: Buffer }>('SELECT hash FROM client_secrets WHERE client_id = $1', [
        clientId,
      ])
      return rows.map(({ hash }) => hash)
    },
    async replaceAll(secrets, now) {
      await sql.query(
        `WITH given AS (SELECT * FROM unnest($1::text[], $2::bytea[]) AS t (client_id, hash)),
              gone AS (DELETE FROM client_secrets WHERE (client_id, hash) NOT IN (SELECT client_id, hash FROM given))
         INSERT INTO client_secrets (client_id, hash, created_at) SELECT DISTINCT client_id, hash, $3::timestamptz FROM given
         ORDER BY client_id, hash ON CONFLICT DO NOTHING`,
        [secrets.map(({ clientId }) => clientId), secrets.map(({ hash }) => hash), now],
      )
    },
  }
}
