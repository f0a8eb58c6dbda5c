import { rm } from 'node:fs/promises'
import { serviceTest } from '@slipway/testing'
import { files } from '../app.ts'
import { environment } from './environment.ts'

interface Empty {
  emptyStore: void
}

/** The ids of each test are the same, and so are its keys: nothing of the test before may be there. */
async function emptyStore({}, use: () => Promise<void>) {
  await rm(environment.DISK_STORE_DIR, { recursive: true, force: true })
  await use()
}
const empty = { emptyStore: [emptyStore, { auto: true }] as [typeof emptyStore, { auto: true }] }

/** Each test has the whole service on an empty disk store; `test.fresh` for what happens at once. */
export const test = testWith({})

/** The same with other settings. */
export function testWith(settings: Record<string, string>) {
  const service = serviceTest(files.definition, { environment: { ...environment, ...settings } })
  return Object.assign(service.extend<Empty>(empty), { fresh: service.fresh.extend<Empty>(empty) })
}
