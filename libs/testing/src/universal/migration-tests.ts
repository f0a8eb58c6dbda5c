import { existsSync, readFileSync } from 'node:fs'
import type { MigrationRows, MigrationSet, Sql } from '@slipway/database'
import { inject, test } from 'vitest'
import { asAdmin } from '../postgres/admin.ts'
import { checkLadder } from './migrations/check-ladder.ts'
import { withEmptyDatabase } from './migrations/empty-database.ts'
import { checkPrismaSchema } from './prisma/check-prisma-schema.ts'

/** Whether migrations can be undone, and whether Prisma knows what they make. `migrated` is a database with all of them. */
export function migrationTests(
  { migrations }: { migrations: readonly MigrationSet[] },
  { rows }: { rows?: Readonly<Record<string, MigrationRows>> },
  migrated: () => string,
) {
  test('each migration can be undone and applied again', async () => {
    await withEmptyDatabase(inject('postgresUrl'), (url, sql) => checkLadder({ url, sql, sets: migrations, rows }))
  })

  for (const { schema, folder } of migrations) {
    const file = new URL('../schema.prisma', folder) // where Prisma has it; sets of libraries have none
    if (!existsSync(file)) continue
    test('schema.prisma says what the migrations make', async () => {
      const source = readFileSync(file, 'utf8')
      await asAdmin(migrated(), (client) => checkPrismaSchema({ source, sql: client as Sql, schema }))
    })
  }
}
