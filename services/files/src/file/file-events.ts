import type { NewEvent } from '@slipway/broker'
import { FileDeleted, FileExpired, FileReady, FileRejected, type FileEvent } from '@slipway/contracts/files'
import type { StoredFile } from './file.ts'

const about = (
  { id, ownerService, purpose, subject, version }: StoredFile,
  more: { url?: string; reason?: string },
) => ({
  subject: id,
  version,
  data: { fileId: id, ownerService, purpose, subject, ...more },
})

type Told = NewEvent<FileEvent>

/** `url` of a public one. */
export const fileReady = (file: StoredFile, url: string | undefined): Told => FileReady.create(about(file, { url }))

export const fileRejected = (file: StoredFile): Told =>
  FileRejected.create(about(file, { reason: file.rejection?.reason }))

export const fileExpired = (file: StoredFile, reason: 'NOT_UPLOADED' | 'TIME_OVER'): Told =>
  FileExpired.create(about(file, { reason }))

/** One version more than the file ever had. */
export const fileDeleted = (file: StoredFile, reason: 'DELETED' | 'OWNER_DELETED' | 'OBJECT_LOST'): Told =>
  FileDeleted.create(about({ ...file, version: file.version + 1 }, { reason }))
