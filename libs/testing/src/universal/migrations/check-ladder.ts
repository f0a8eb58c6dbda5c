import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { migrateDown, migrateUp, readMigrations, type MigrationSet, type Sql } from '@slipway/database'
import { Findings } from '../findings.ts'
import { differences } from './differences.ts'
import { dumpSchemas } from './schema-dump.ts'

interface Expectation {
  query: string
  rows: readonly object[]
}

/** Rows that a migration changes. */
export interface RungData {
  /** SQL that runs before the migration is applied for the first time, in the set's schema. */
  before: string
  /** What is there once it is applied, also the second time. */
  up?: Expectation
  /** What is there once it is undone. */
  down?: Expectation
}

interface LadderOptions {
  /** Address of an empty database. */
  url: string
  /** A connection to it. */
  sql: Sql
  sets: readonly MigrationSet[]
  /** By name of the migration. */
  rows?: Readonly<Record<string, RungData>>
}

/**
 * Climbs each set of migrations: one up, down, up again, and so on to the top; then everything down. Each rung looks the
 * same however it was reached, and in the end nothing is left.
 *
 * @throws Error with each migration whose way down is not the way up
 */
export async function checkLadder({ url, sql, sets, rows = {} }: LadderOptions) {
  const findings = new Findings('Each migration can be undone and applied again')
  const schemas = sets.map(({ schema }) => schema)
  const ground = await dumpSchemas(sql, schemas)
  for (const name of Object.keys(rows)) {
    const known = sets.some((set) => readMigrations(set).some((migration) => migration.name === name))
    if (!known) findings.add(name, 'has rows and is no migration')
  }
  for (const set of sets) await climb({ url, sql, set, schemas, rows, findings })
  const reversible = sets.every((set) => readMigrations(set).every(({ down }) => down !== undefined))
  if (reversible) {
    for (const set of sets.toReversed()) await migrateDown(url, set, readMigrations(set).length)
    const left = await dumpSchemas(sql, schemas)
    for (const line of differences(['before', ground], ['after everything is undone', left])) findings.add('all', line)
  }
  findings.throwIfAny()
}

interface Climb extends Pick<LadderOptions, 'url' | 'sql'> {
  set: MigrationSet
  schemas: readonly string[]
  rows: Readonly<Record<string, RungData>>
  findings: Findings
}

async function climb({ url, sql, set, schemas, rows, findings }: Climb) {
  const folder = await mkdtemp(join(tmpdir(), 'ladder-'))
  const sofar: MigrationSet = { schema: set.schema, folder: pathToFileURL(`${folder}/`) }
  try {
    for (const { name, down } of readMigrations(set)) {
      await cp(join(fileURLToPath(set.folder), name), join(folder, name), { recursive: true })
      if (down === undefined) findings.add(name, 'has no down.sql')
      const data = rows[name]
      if (data) await inSchema(sql, set, data.before)
      const below = await dumpSchemas(sql, schemas)

      await migrateUp(url, [sofar])
      const first = await dumpSchemas(sql, schemas)
      await expectRows(sql, set, name, data?.up, 'applied', findings)
      if (down === undefined) continue
      await migrateDown(url, sofar)
      const undone = await dumpSchemas(sql, schemas)
      await expectRows(sql, set, name, data?.down, 'undone', findings)
      for (const line of differences(['before it', below], ['after it is undone', undone])) findings.add(name, line)

      await migrateUp(url, [sofar])
      const second = await dumpSchemas(sql, schemas)
      await expectRows(sql, set, name, data?.up, 'applied again', findings)
      for (const line of differences(['the first time', first], ['the second time', second])) findings.add(name, line)
    }
  } catch (error) {
    findings.add(set.schema, (error as Error).message)
    findings.throwIfAny()
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function expectRows(
  sql: Sql,
  set: MigrationSet,
  name: string,
  expected: Expectation | undefined,
  when: string,
  findings: Findings,
) {
  if (!expected) return
  const { rows } = await inSchema(sql, set, expected.query)
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(rows)), expected.rows))
    findings.add(name, `${when}, ${expected.query} answers ${JSON.stringify(rows)}`)
}

async function inSchema(sql: Sql, { schema }: MigrationSet, query: string) {
  await sql.query(`SET search_path TO "${schema}"`)
  return sql.query(query)
}
