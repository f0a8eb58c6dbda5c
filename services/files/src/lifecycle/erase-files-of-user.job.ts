import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { policies, purposes, type UploadPolicy } from '@slipway/contracts/files'
import { UserDeleted } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'
import { deleteFile } from '../file/end-file.ts'

type Deleted = DataOf<typeof UserDeleted>

const batch = 100
/** What people upload about themselves goes with them; what they uploaded for a shop stays there. */
const personal = purposes.filter((purpose) => (policies[purpose] as UploadPolicy).uploaders.self)

export class EraseFilesOfUser extends Job<Tx, Deleted> {
  readonly name = 'erase-files-of-user'
  readonly on = [UserDeleted]

  async process({ data: { userId } }: Event<Deleted>, { tx }: JobContext<Tx>) {
    await tx.erasures.ask(userId)
    await eraseFiles(tx, userId)
  }
}

export async function eraseFiles(tx: Tx, userId: string) {
  for (;;) {
    const files = await tx.files.lockOf(`user:${userId}`, personal, batch)
    for (const file of files) await deleteFile(tx, file, 'OWNER_DELETED')
    if (files.length < batch) return
  }
}
