import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { asAdmin, databaseUrl } from './template.ts'

export interface Clone {
  url: string
  drop(): Promise<void>
}

/** A database of its own for one test. Its name tells which process made it, so that leftovers can be swept. */
export async function cloneTemplate(adminUrl: string, template: string): Promise<Clone> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const id = pg.escapeIdentifier(name)
  await asAdmin(adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${id} TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY FILE_COPY`),
  )
  return {
    url: databaseUrl(adminUrl, name),
    drop: () =>
      asAdmin(adminUrl, async (admin) => void (await admin.query(`DROP DATABASE IF EXISTS ${id} WITH (FORCE)`))),
  }
}
