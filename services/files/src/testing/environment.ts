import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Objects of the tests of this process, gone when it ends. */
const folder = mkdtempSync(join(tmpdir(), 'files-test-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

export const environment = {
  DISK_STORE_DIR: join(folder, 'store'),
  DISK_STORE_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  CHECK_DIR: join(folder, 'checks'),
}
