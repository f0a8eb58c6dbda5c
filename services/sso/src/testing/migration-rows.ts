import type { MigrationRows } from '@slipway/database'
import { fileId } from './pictures.ts'

const secret = (clientId: string, number: number, columns = '', values = '') =>
  `INSERT INTO client_secrets (client_id, hash, created_at${columns})
   VALUES ('${clientId}', decode(repeat('0${number}', 32), 'hex'), '2026-01-0${number}T12:00:00Z'${values});`

const key = (kid: string, state: string, columns = '', values = '') =>
  `INSERT INTO signing_keys (kid, algorithm, public_key, private_key, state, created_at${columns})
   VALUES ('${kid}', 'EdDSA', '{}', '', '${state}', '2026-01-01T12:00:00Z'${values});`
const retired = (kid: string, publishedUntil: string) =>
  key(kid, 'retired', ', retired_at, published_until', `, now(), ${publishedUntil}`)

export const rows: Record<string, MigrationRows> = {
  // two secrets while one is being changed; undone, the clients made by command are gone
  '20261128021500_clients': {
    before: secret('cart', 2) + secret('cart', 1) + secret('acquiring', 3),
    up: {
      query: `SELECT id, audiences, permissions, clients.created_at, from_settings, count(*)::int AS secrets
              FROM clients JOIN client_secrets ON client_id = id GROUP BY id, from_settings ORDER BY id`,
      rows: [
        { id: 'acquiring', created_at: '2026-01-03T12:00:00.000Z', secrets: 1 },
        { id: 'cart', created_at: '2026-01-01T12:00:00.000Z', secrets: 2 },
      ].map((client) => ({ ...client, audiences: [], permissions: [], from_settings: true })),
    },
    after:
      `INSERT INTO clients (id, audiences, permissions, created_at) VALUES ('reports', '{cart}', '{}', now());` +
      secret('reports', 4, ', from_settings', ', false') +
      secret('cart', 5, ', from_settings', ', false'),
    down: {
      query: `SELECT client_id, left(encode(hash, 'hex'), 2) AS hash FROM client_secrets ORDER BY hash`,
      rows: [
        { client_id: 'cart', hash: '01' },
        { client_id: 'cart', hash: '02' },
        { client_id: 'acquiring', hash: '03' },
      ],
    },
  },

  // the release before publishes every key that is there, so those that are over must not be
  '20261128023500_key_rotation': {
    before: key('first', 'current'),
    up: { query: 'SELECT state FROM signing_keys WHERE activated_at = created_at', rows: [{ state: 'current' }] },
    after:
      `UPDATE signing_keys SET state = 'retired', retired_at = now(), published_until = now() - interval '1 hour';` +
      retired('second', `now() + interval '1 hour'`) +
      key('third', 'current') +
      key('fourth', 'next'),
    down: {
      query: 'SELECT kid, state FROM signing_keys ORDER BY kid',
      rows: [
        { kid: 'fourth', state: 'next' },
        { kid: 'second', state: 'retired' },
        { kid: 'third', state: 'current' },
      ],
    },
  },

  // the newest picture stays, one that is gone is gone, the one between has been replaced
  '20261128060000_replaced_avatars': {
    before: `
      INSERT INTO users (id, email, password_hash, roles, created_at) VALUES ('${fileId(9)}', 'a@b', 'x', '{user}', now());
      INSERT INTO user_avatars (file_id, user_id, version, ready)
      SELECT file_id::uuid, '${fileId(9)}', 4, ready
      FROM (VALUES ('${fileId(1)}', false), ('${fileId(2)}', true), ('${fileId(3)}', true)) AS old (file_id, ready)`,
    up: { query: 'SELECT file_id FROM user_avatars WHERE replaced', rows: [{ file_id: fileId(2) }] },
    down: {
      query: 'SELECT file_id, version, ready FROM user_avatars ORDER BY file_id',
      rows: [
        { file_id: fileId(1), version: 4, ready: false },
        { file_id: fileId(2), version: 4, ready: true },
        { file_id: fileId(3), version: 4, ready: true },
      ],
    },
  },
}
