import type { Sql } from '@slipway/database'
import type { Client } from './clients.ts'

/** A client with the SHA-256 of each secret that it proves itself with. */
export interface RegisteredClient extends Client {
  hashes: readonly Buffer[]
}

export interface ListedClient extends Client {
  createdAt: Date
  /** Newest first. */
  secrets: { fromSettings: boolean; createdAt: Date }[]
}

export interface HashedSecret {
  clientId: string
  hash: Buffer
}

export interface ClientStore {
  find(id: string): Promise<RegisteredClient | undefined>
  list(): Promise<ListedClient[]>
  /** False when there is one of that id. */
  add(client: Client, now: Date): Promise<boolean>
  /** Another secret; of those made like this only the newest `keep` go on. Call it in a transaction. False: no such client. */
  addSecret(secret: HashedSecret, keep: number, now: Date): Promise<boolean>
  /** What the settings say: these clients with just these rights, and of the secrets from settings only these. */
  settle(clients: readonly Client[], secrets: readonly HashedSecret[], now: Date): Promise<void>
}

export function clientStore(sql: Sql): ClientStore {
  return {
    async find(id) {
      const { rows } = await sql.query<RegisteredClient>(
        `SELECT id, audiences, permissions, ARRAY(SELECT hash FROM client_secrets WHERE client_id = id) AS hashes
         FROM clients WHERE id = $1`,
        [id],
      )
      return rows[0]
    },
    async list() {
      const { rows } = await sql.query<ListedClient>(
        `SELECT id, audiences, permissions, created_at AS "createdAt",
           (SELECT coalesce(json_agg(json_build_object('fromSettings', from_settings, 'createdAt', created_at)
                              ORDER BY created_at DESC, hash), '[]')
            FROM client_secrets WHERE client_id = id) AS secrets
         FROM clients ORDER BY id`,
      )
      const read = (secret: ListedClient['secrets'][number]) => ({ ...secret, createdAt: new Date(secret.createdAt) })
      return rows.map((client) => ({ ...client, secrets: client.secrets.map(read) }))
    },
    async add({ id, audiences, permissions }, now) {
      const { rowCount } = await sql.query(
        `INSERT INTO clients (id, audiences, permissions, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [id, audiences, permissions, now],
      )
      return rowCount === 1
    },
    async addSecret({ clientId, hash }, keep, now) {
      const { rowCount } = await sql.query('SELECT FROM clients WHERE id = $1 FOR UPDATE', [clientId])
      if (rowCount === 0) return false
      await sql.query(
        `INSERT INTO client_secrets (client_id, hash, from_settings, created_at) VALUES ($1, $2, false, $3)`,
        [clientId, hash, now],
      )
      await sql.query(
        `DELETE FROM client_secrets WHERE client_id = $1 AND NOT from_settings AND hash NOT IN
           (SELECT hash FROM client_secrets WHERE client_id = $1 AND NOT from_settings
            ORDER BY hash = $2 DESC, created_at DESC, hash LIMIT $3)`,
        [clientId, hash, keep],
      )
      return true
    },
    async settle(clients, secrets, now) {
      await sql.query(
        `INSERT INTO clients (id, audiences, permissions, created_at)
         SELECT id, ARRAY(SELECT jsonb_array_elements_text(audiences)), ARRAY(SELECT jsonb_array_elements_text(permissions)), $2
         FROM jsonb_to_recordset($1) AS given (id text, audiences jsonb, permissions jsonb) ORDER BY id
         ON CONFLICT (id) DO UPDATE SET audiences = excluded.audiences, permissions = excluded.permissions`,
        [JSON.stringify(clients), now],
      )
      await sql.query(
        `WITH given AS (SELECT DISTINCT * FROM unnest($1::text[], $2::bytea[]) AS t (client_id, hash)),
              gone AS (DELETE FROM client_secrets
                       WHERE from_settings AND (client_id, hash) NOT IN (SELECT client_id, hash FROM given))
         INSERT INTO client_secrets (client_id, hash, from_settings, created_at)
         SELECT client_id, hash, true, $3::timestamptz FROM given ORDER BY client_id, hash ON CONFLICT DO NOTHING`,
        [secrets.map(({ clientId }) => clientId), secrets.map(({ hash }) => hash), now],
      )
    },
  }
}
