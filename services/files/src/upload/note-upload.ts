import type { Tx } from '../deps.ts'
import { uploaded, type StoredFile } from '../file/file.ts'

/** The bytes are there: they are to be checked. Whoever notes it again changes nothing. */
export async function noteUpload(tx: Tx, id: string): Promise<StoredFile | undefined> {
  const file = await tx.files.lock(id)
  if (file?.status !== 'reserved') return file
  const noted = uploaded(file, tx.now)
  await tx.files.save(noted)
  tx.tally.became(noted, 'uploaded')
  return noted
}
