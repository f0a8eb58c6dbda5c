import { Type, type Static } from 'typebox'
import { Id, StrictObject, Time } from '../primitives/index.ts'
import { purposes } from './policies.ts'

export const Purpose = Type.Enum([...purposes])
export type Purpose = Static<typeof Purpose>

/** One name without a path: no control characters, no halves of a surrogate pair, nothing that turns the direction of text. */
const Filename = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\p{Cc}\\p{Cs}/\\\\\\u202A-\\u202E\\u2066-\\u2069]+$',
})
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the bytes, lower-case hexadecimal' })
const ContentType = Type.String({ maxLength: 150, pattern: '^[a-z]+/[a-z0-9.+-]+$' })

const facts = {
  filename: Filename,
  size: Type.Integer({ minimum: 0, maximum: 5_368_709_120, description: 'Bytes, exactly' }),
  contentType: ContentType,
  sha256: Type.Optional(Sha256),
}

/** What somebody is about to upload, where the purpose and the subject are known already. */
export const FileFacts = StrictObject(facts)
export type FileFacts = Static<typeof FileFacts>

export const NewUpload = StrictObject({
  purpose: Purpose,
  ...facts,
  subject: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\w.:-]+$', description: 'What it is about' }),
  ),
})
export type NewUpload = Static<typeof NewUpload>

/** A form to send as multipart/form-data: all fields in this order, then the bytes as `file`. */
export const UploadForm = Type.Object({
  method: Type.Literal('POST'),
  url: Type.String({ format: 'uri' }),
  fields: Type.Record(Type.String(), Type.String()),
  expiresAt: Time,
})
export type UploadForm = Static<typeof UploadForm>

export const Reservation = Type.Object({ fileId: Id, upload: UploadForm })
export type Reservation = Static<typeof Reservation>

export const fileStatuses = ['reserved', 'uploaded', 'checking', 'ready', 'rejected', 'expired'] as const
export const FileStatus = Type.Enum([...fileStatuses])
export type FileStatus = Static<typeof FileStatus>

/** Size, type and checksum are those announced until it is ready, and then those of what is kept. */
export const File = Type.Object({
  id: Id,
  purpose: Purpose,
  subject: Type.String(),
  filename: Type.String(),
  status: FileStatus,
  size: Type.Integer({ description: 'Bytes' }),
  contentType: Type.String(),
  sha256: Type.Optional(Type.String()),
  rejection: Type.Optional(Type.Object({ reason: Type.String(), detail: Type.String() })),
  download: Type.Optional(Type.Object({ url: Type.String({ format: 'uri' }), expiresAt: Time })),
  publicUrl: Type.Optional(Type.String({ format: 'uri' })),
  expiresAt: Type.Optional(Time),
  createdAt: Time,
})
export type File = Static<typeof File>
