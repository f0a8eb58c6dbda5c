import type { FileStatus, Purpose } from '@slipway/contracts/files'

/** An upload from its reservation to its end. A deleted one is no more. */
export interface StoredFile {
  id: string
  purpose: Purpose
  ownerService: string
  subject: string
  /** Whose quota it counts against: `user:<id>` or `service:<name>`. */
  owner: string
  filename: string
  contentType: string
  /** Bytes: announced until it is ready, then those of what is kept. */
  size: number
  sha256?: string
  status: FileStatus
  /** Counts the changes. */
  version: number
  reservedUntil: Date
  quarantineKey: string
  /** Where it is kept once it is ready; before that, where the check under way puts it. */
  objectKey?: string
  checks: number
  rejection?: Rejection
  expiresAt?: Date
  /** When a job is to look at it next. */
  dueAt?: Date
  createdAt: Date
}

export interface Rejection {
  /** For programs. */
  reason: string
  /** For people. */
  detail: string
}

/** What passed the checks and is kept; not always the bytes that were sent. */
export interface Kept {
  size: number
  sha256: string
  contentType: string
}

/** Those that take of a quota. */
export const countedStatuses: readonly FileStatus[] = ['reserved', 'uploaded', 'checking', 'ready']
export const counts = ({ status }: StoredFile) => countedStatuses.includes(status)

const changed = (file: StoredFile, change: Partial<StoredFile>): StoredFile => ({
  ...file,
  version: file.version + 1,
  ...change,
})

export const uploaded = (file: StoredFile, now: Date) => changed(file, { status: 'uploaded', dueAt: now })

/** A check begins: whoever holds `objectKey` then is the one that may end it. */
export const checking = (file: StoredFile, objectKey: string, leaseUntil: Date) =>
  changed(file, { status: 'checking', objectKey, checks: file.checks + 1, dueAt: leaseUntil })

export const checkAgain = (file: StoredFile, dueAt: Date) => changed(file, { objectKey: undefined, dueAt })

export const ready = (file: StoredFile, kept: Kept, expiresAt: Date | undefined) =>
  changed(file, { ...kept, status: 'ready', expiresAt, dueAt: expiresAt })

export const rejected = (file: StoredFile, rejection: Rejection, now: Date) =>
  changed(file, { status: 'rejected', rejection, objectKey: undefined, dueAt: now })

export const expired = (file: StoredFile, now: Date) =>
  changed(file, { status: 'expired', objectKey: undefined, dueAt: now })
