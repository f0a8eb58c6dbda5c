import type { Sql } from '@slipway/database'
import { Findings } from '../findings.ts'
import { differences } from '../migrations/differences.ts'
import { databaseLines } from './database-lines.ts'
import { expectedLines } from './expected-lines.ts'

interface PrismaSchemaOptions {
  /** Text of schema.prisma. */
  source: string
  /** A connection to the migrated database. */
  sql: Sql
  /** The PostgreSQL schema of its tables. */
  schema: string
}

/**
 * The Prisma schema and the migrated database say the same: tables, columns, types, defaults, keys, indexes, enums.
 * Prisma's own engine is not needed. What its language cannot say is left aside: checks, partial and expression
 * indexes, triggers.
 *
 * @throws Error with every difference
 */
export async function checkPrismaSchema({ source, sql, schema }: PrismaSchemaOptions) {
  const findings = new Findings('schema.prisma says what the migrations make')
  const found = differences(
    ['in schema.prisma', expectedLines(source)],
    ['in the database', await databaseLines(sql, schema)],
  )
  for (const line of found.toSorted()) findings.add('schema.prisma', line)
  findings.throwIfAny()
}
