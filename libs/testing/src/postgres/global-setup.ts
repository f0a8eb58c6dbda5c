import type { TestProject } from 'vitest/node'
import { acquireTestPostgres } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** Vitest global set-up of every project whose tests use a database. */
export default async function setup(project: TestProject) {
  const postgres = await acquireTestPostgres()
  project.provide('postgresUrl', postgres.adminUrl)
  return () => postgres.release()
}
