import { urlOf } from './connection.ts'
import { truePath } from './data-folder.ts'
import { findPostmaster } from './postmaster.ts'

export interface FoundPostgres {
  readonly port: number
  url(database: string): string
}

/** The server that runs on the folder now, whoever started it; undefined when none does. Does not connect. */
export async function findEmbeddedPostgres({
  dataDir,
  password,
}: {
  dataDir: string
  password: string
}): Promise<FoundPostgres | undefined> {
  const found = findPostmaster(await truePath(dataDir))
  if (!found) return undefined
  const { port } = found
  return { port, url: (database) => urlOf({ port, password }, database) }
}
