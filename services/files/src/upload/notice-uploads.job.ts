import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps, Tx } from '../deps.ts'
import { expireFile } from '../file/end-file.ts'
import type { StoredFile } from '../file/file.ts'
import { noteUpload } from './note-upload.ts'

type JobDeps = Pick<Deps, 'transaction' | 'objects' | 'settings'>

const nextLookMs = 120_000

/** Finds what was uploaded by somebody who never said so, and ends reservations that nobody used. */
export class NoticeUploads extends PeriodicJob {
  readonly name = 'notice-uploads'
  readonly everyMs = 15_000
  readonly #deps: JobDeps

  constructor(deps: JobDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal }: PeriodicContext) {
    const { transaction, objects, settings } = this.#deps
    const graceMs = settings.UPLOAD_GRACE_MINUTES * 60_000
    while (!signal.aborted) {
      const file = await transaction((tx) => take(tx))
      if (!file) return
      const stored = await objects.head(file.quarantineKey)
      if (stored) await transaction((tx) => noteUpload(tx, file.id))
      else await transaction((tx) => expireWhenLate(tx, file.id, graceMs))
    }
  }
}

/** Looked at again later, whatever becomes of this look. */
async function take(tx: Tx): Promise<StoredFile | undefined> {
  const file = await tx.files.takeDue(['reserved'])
  if (file) await tx.files.save({ ...file, dueAt: new Date(tx.now.getTime() + nextLookMs) })
  return file
}

async function expireWhenLate(tx: Tx, id: string, graceMs: number) {
  const file = await tx.files.lock(id)
  if (file?.status !== 'reserved' || tx.now.getTime() <= file.reservedUntil.getTime() + graceMs) return
  await expireFile(tx, file, 'NOT_UPLOADED')
}
