import { isAbandoned } from '@slipway/database/testing'
import { asAdmin, databasesOf, dropDatabase } from './admin.ts'
import { keptOf } from './names.ts'
import { alone, dropUnused } from './unused.ts'

/** Drops the databases of processes that died before they did. */
export async function sweepAbandoned(adminUrl: string) {
  await asAdmin(adminUrl, (admin) =>
    alone(admin, async () => {
      for (const database of (await databasesOf(admin)).filter(isAbandoned)) await dropDatabase(admin, database)
    }),
  )
}

/** Drops what is kept between runs and not in use just now: of one service, or of all. */
export async function dropKept(adminUrl: string, service?: string) {
  await asAdmin(adminUrl, (admin) =>
    alone(admin, async () => dropUnused(admin, keptOf(await databasesOf(admin), service))),
  )
}
