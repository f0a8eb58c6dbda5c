import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { asAdmin } from '../admin.ts'

/** Name of a service that nobody else has. */
export const freshService = () => `service-${randomBytes(4).toString('hex')}`

/** The databases of a service, by name. One that is made anew has another oid. */
export const databasesLike = (service: string) =>
  asAdmin(inject('postgresUrl'), async (admin) => {
    const { rows } = await admin.query<{ name: string; oid: number }>(
      `SELECT datname AS name, oid FROM pg_database WHERE datname LIKE $1 ORDER BY datname COLLATE "C"`,
      [`%${service.replaceAll('-', '_')}%`],
    )
    return rows
  })
