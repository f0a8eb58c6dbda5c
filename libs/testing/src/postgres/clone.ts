import { processDatabase } from '@slipway/database/testing'
import type pg from 'pg'
import { asAdmin, connectAsAdmin, copyDatabase, databasesOf, databaseUrl, dropDatabase } from './admin.ts'
import { workerName } from './names.ts'
import { tryTake } from './unused.ts'

export interface Clone {
  url: string
  /** Gives it back: drops it, or leaves it for the next. */
  release(): Promise<void>
}

/** A database for one test alone. */
export async function cloneForTest(adminUrl: string, template: string): Promise<Clone> {
  const name = processDatabase('fresh')
  await asAdmin(adminUrl, (admin) => copyDatabase(admin, template, name))
  return { url: databaseUrl(adminUrl, name), release: () => asAdmin(adminUrl, (admin) => dropDatabase(admin, name)) }
}

/** A database that is kept between runs and handed to one worker at a time. Whoever uses it leaves it as it was. */
export async function cloneForWorker(adminUrl: string, template: string): Promise<Clone> {
  const admin = await connectAsAdmin(adminUrl)
  try {
    const name = await takeFirstFree(admin, template)
    if (!(await databasesOf(admin)).includes(name)) await copyDatabase(admin, template, name)
    return { url: databaseUrl(adminUrl, name), release: () => admin.end() }
  } catch (error) {
    await admin.end()
    throw error
  }
}

async function takeFirstFree(admin: pg.Client, template: string): Promise<string> {
  for (let slot = 1; ; slot++) {
    const name = workerName(slot, template)
    if (await tryTake(admin, name)) return name
  }
}
