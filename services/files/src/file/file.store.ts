import type { FileStatus, Purpose } from '@slipway/contracts/files'
import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { StoredFile } from './file.ts'

export interface FileReader {
  find(id: string): Promise<StoredFile | undefined>
}

/** Within a transaction. Whoever changes a file that counts locks it first, then the usages it counts in. */
export interface FileStore extends FileReader {
  lock(id: string): Promise<StoredFile | undefined>
  insert(file: StoredFile): Promise<void>
  save(file: StoredFile): Promise<void>
  remove(id: string): Promise<void>
  /** The one that has waited longest for a job, locked; those that others have are left to them. */
  takeDue(statuses: readonly FileStatus[], before?: Date): Promise<StoredFile | undefined>
  /** Some of one owner, in the order of their ids from the one after `after` on, locked. */
  lockOf(owner: string, purposes: readonly Purpose[], limit: number): Promise<StoredFile[]>
}

interface Row {
  id: string
  purpose: Purpose
  owner_service: string
  subject: string
  owner: string
  filename: string
  content_type: string
  size: string
  sha256: string | null
  status: FileStatus
  version: number
  reserved_until: Date
  quarantine_key: string
  object_key: string | null
  checks: number
  rejection_reason: string | null
  rejection_detail: string | null
  expires_at: Date | null
  due_at: Date | null
  created_at: Date
}

const columns = [
  'id',
  'purpose',
  'owner_service',
  'subject',
  'owner',
  'filename',
  'content_type',
  'size',
  'sha256',
  'status',
  'version',
  'reserved_until',
  'quarantine_key',
  'object_key',
  'checks',
  'rejection_reason',
  'rejection_detail',
  'expires_at',
  'due_at',
  'created_at',
] as const satisfies readonly (keyof Row)[]

const insert = `INSERT INTO files (${columns.join(', ')}, updated_at)
  VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}, $${columns.length + 1})`
const update = `UPDATE files SET (${columns.slice(1).join(', ')}, updated_at) =
  (${columns.map((_, index) => `$${index + 2}`).join(', ')}) WHERE id = $1`

export function fileStore(sql: Sql, clock: Clock): FileStore {
  const rows = async (text: string, values: readonly unknown[]) =>
    (await sql.query<Row>(text, values)).rows.map(fromRow)

  return {
    find: async (id) => (await rows('SELECT * FROM files WHERE id = $1', [id]))[0],
    lock: async (id) => (await rows('SELECT * FROM files WHERE id = $1 FOR UPDATE', [id]))[0],

    async insert(file) {
      await sql.query(insert, [...toValues(file), clock.now()])
    },

    async save(file) {
      await sql.query(update, [...toValues(file), clock.now()])
    },

    async remove(id) {
      await sql.query('DELETE FROM files WHERE id = $1', [id])
    },

    async takeDue(statuses, before = clock.now()) {
      const [file] = await rows(
        `SELECT * FROM files WHERE status = ANY ($1) AND due_at <= $2
         ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [statuses, before],
      )
      return file
    },

    lockOf: (owner, purposes, limit) =>
      rows('SELECT * FROM files WHERE owner = $1 AND purpose = ANY ($2) ORDER BY id LIMIT $3 FOR UPDATE', [
        owner,
        purposes,
        limit,
      ]),
  }
}

function fromRow(row: Row): StoredFile {
  const { rejection_reason: reason, rejection_detail: detail } = row
  return {
    id: row.id,
    purpose: row.purpose,
    ownerService: row.owner_service,
    subject: row.subject,
    owner: row.owner,
    filename: row.filename,
    contentType: row.content_type,
    size: Number(row.size),
    sha256: row.sha256 ?? undefined,
    status: row.status,
    version: row.version,
    reservedUntil: row.reserved_until,
    quarantineKey: row.quarantine_key,
    objectKey: row.object_key ?? undefined,
    checks: row.checks,
    rejection: reason === null ? undefined : { reason, detail: detail ?? '' },
    expiresAt: row.expires_at ?? undefined,
    dueAt: row.due_at ?? undefined,
    createdAt: row.created_at,
  }
}

/** In the order of `columns`. */
const toValues = (file: StoredFile) => [
  file.id,
  file.purpose,
  file.ownerService,
  file.subject,
  file.owner,
  file.filename,
  file.contentType,
  file.size,
  file.sha256,
  file.status,
  file.version,
  file.reservedUntil,
  file.quarantineKey,
  file.objectKey,
  file.checks,
  file.rejection?.reason,
  file.rejection?.detail,
  file.expiresAt,
  file.dueAt,
  file.createdAt,
]
