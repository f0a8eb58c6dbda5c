import type { UploadPolicy } from '@slipway/contracts/files'
import type { Sql } from '@slipway/database'
import type { StoredFile } from '../file/file.ts'
import { QuotaExceeded, TooManyFiles } from './errors.ts'

type Counted = Pick<StoredFile, 'purpose' | 'owner' | 'subject' | 'size'>

/** What owners and subjects take. Within a transaction: each row is locked until its end, the owner’s always first. */
export interface UsageStore {
  /** Of many at once that want the last place, one gets it. @throws QuotaExceeded, TooManyFiles */
  take(file: Counted, policy: UploadPolicy): Promise<void>
  giveBack(file: Counted): Promise<void>
  /** What is kept has another size than what was announced. */
  resize(file: Counted, bytes: number): Promise<void>
}

const takeIf = (condition: string) => `
  INSERT INTO usages (purpose, kind, holder, files, bytes) VALUES ($1, $2, $3, 1, $4)
  ON CONFLICT (purpose, kind, holder) DO UPDATE
    SET files = usages.files + 1, bytes = usages.bytes + excluded.bytes WHERE ${condition}`
const takeBytes = takeIf('usages.bytes + excluded.bytes <= $5')
const takeFile = takeIf('usages.files < $5')

// never below nothing: a recount tells of what does not add up
const add = `
  UPDATE usages SET files = greatest(0, files + $4), bytes = greatest(0, bytes + $5)
  WHERE purpose = $1 AND kind = $2 AND holder = $3`

export function usageStore(sql: Sql): UsageStore {
  const change = async ({ purpose, owner, subject }: Counted, files: number, bytes: number) => {
    await sql.query(add, [purpose, 'owner', owner, files, bytes])
    await sql.query(add, [purpose, 'subject', subject, files, bytes])
  }

  return {
    async take({ purpose, owner, subject, size }, { bytesPerOwner, filesPerSubject }) {
      const bytes = await sql.query(takeBytes, [purpose, 'owner', owner, size, bytesPerOwner])
      if (bytes.rowCount !== 1) throw new QuotaExceeded(bytesPerOwner)
      const files = await sql.query(takeFile, [purpose, 'subject', subject, size, filesPerSubject])
      if (files.rowCount !== 1) throw new TooManyFiles(filesPerSubject)
    },
    giveBack: (file) => change(file, -1, -file.size),
    resize: (file, bytes) => (bytes === file.size ? Promise.resolve() : change(file, 0, bytes - file.size)),
  }
}
