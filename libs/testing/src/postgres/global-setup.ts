import type { TestProject } from 'vitest/node'
import type { WriteMode } from '../reference/reference-file.ts'
import { acquireTestPostgres } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
    writeReferences: WriteMode
  }
}

/** Vitest global set-up of every project whose tests use a database. */
export default async function setup(project: TestProject) {
  const postgres = await acquireTestPostgres()
  project.provide('postgresUrl', postgres.adminUrl)
  project.provide('writeReferences', project.config.snapshotOptions.updateSnapshot)
  return () => postgres.release()
}
