import type { Tx } from '../deps.ts'
import { counts, expired, rejected, type Rejection, type StoredFile } from './file.ts'
import { fileDeleted, fileExpired, fileRejected } from './file-events.ts'

/** Every way in which a file ends. The caller holds its lock; quota, objects and event go in the same transaction. */

export async function rejectFile(tx: Tx, file: StoredFile, rejection: Rejection) {
  const ended = rejected(file, rejection, tx.now)
  await end(tx, file)
  await tx.files.save(ended)
  await tx.emit(fileRejected(ended))
  tx.tally.became(file, 'rejected', rejection.reason)
}

export async function expireFile(tx: Tx, file: StoredFile, reason: 'NOT_UPLOADED' | 'TIME_OVER') {
  const ended = expired(file, tx.now)
  await end(tx, file)
  await tx.files.save(ended)
  await tx.emit(fileExpired(ended, reason))
  tx.tally.became(file, 'expired', reason)
}

export async function deleteFile(tx: Tx, file: StoredFile, reason: 'DELETED' | 'OWNER_DELETED' | 'OBJECT_LOST') {
  await end(tx, file)
  await tx.files.remove(file.id)
  await tx.emit(fileDeleted(file, reason))
  tx.tally.became(file, 'deleted', reason)
}

async function end(tx: Tx, file: StoredFile) {
  if (counts(file)) await tx.usages.giveBack(file)
  await doomQuarantine(tx, file)
  // that of a check under way is doomed since it began
  if (file.status === 'ready' && file.objectKey) await tx.doomed.add(file.objectKey)
}

/** What was sent is of no use any more; while its form is good, the same may be sent again. */
export const doomQuarantine = (tx: Tx, { quarantineKey, reservedUntil }: StoredFile) =>
  tx.doomed.add(quarantineKey, { until: reservedUntil })
