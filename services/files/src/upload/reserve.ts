import type { NewUpload } from '@slipway/contracts/files'
import type { Caller } from '@slipway/service-kit'
import type { StoredFile } from '../file/file.ts'
import { ownerOf } from '../file/may-touch.ts'
import { quarantineKey } from '../store/keys.ts'

export interface Wanted {
  id: string
  caller: Caller
  upload: NewUpload
  subject: string
  ownerService: string
  now: Date
  ttlMs: number
}

/** Whoever does not say that it is uploaded is found out after a minute. */
export const firstLookMs = 60_000

export const reserve = ({ id, caller, upload, subject, ownerService, now, ttlMs }: Wanted): StoredFile => ({
  id,
  purpose: upload.purpose,
  ownerService,
  subject,
  owner: ownerOf(caller),
  filename: upload.filename,
  contentType: upload.contentType,
  size: upload.size,
  sha256: upload.sha256,
  status: 'reserved',
  version: 1,
  reservedUntil: new Date(now.getTime() + ttlMs),
  quarantineKey: quarantineKey(id),
  checks: 0,
  dueAt: new Date(now.getTime() + firstLookMs),
  createdAt: now,
})
