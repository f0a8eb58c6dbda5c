import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  migrateDown,
  migrateUp,
  readMigrations,
  type ExpectedRows,
  type MigrationRows,
  type MigrationSet,
  type Sql,
} from '@slipway/database'
import { Findings } from '../findings.ts'
import { changesData } from './changes-data.ts'
import { differences } from './differences.ts'
import { dumpSchemas } from './schema-dump.ts'

interface LadderOptions {
  /** Address of an empty database. */
  url: string
  /** A connection to it. */
  sql: Sql
  sets: readonly MigrationSet[]
  /** By name of the migration; besides what the sets bring along. */
  rows?: Readonly<Record<string, MigrationRows>>
}

/**
 * Climbs each set of migrations: one up, down, up again, and so on to the top; then everything down. Each rung looks the
 * same however it was reached, and in the end nothing is left. What changes data is tried on rows, both ways.
 *
 * @throws Error with each migration whose way down is not the way up
 */
export async function checkLadder({ url, sql, sets, rows = {} }: LadderOptions) {
  const findings = new Findings('Each migration can be undone and applied again')
  const schemas = sets.map(({ schema }) => schema)
  const ground = await dumpSchemas(sql, schemas)
  const given = Object.assign({}, ...sets.map((set) => set.rows), rows) as NonNullable<MigrationSet['rows']>
  for (const name of Object.keys(given)) {
    const known = sets.some((set) => readMigrations(set).some((migration) => migration.name === name))
    if (!known) findings.add(name, 'has rows and is no migration')
  }
  for (const set of sets) await climb({ url, sql, set, schemas, rows: given, findings })
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
  rows: Readonly<Record<string, MigrationRows>>
  findings: Findings
}

async function climb({ url, sql, set, schemas, rows, findings }: Climb) {
  const folder = await mkdtemp(join(tmpdir(), 'ladder-'))
  const sofar: MigrationSet = { schema: set.schema, folder: pathToFileURL(`${folder}/`) }
  try {
    for (const { name, up, down } of readMigrations(set)) {
      await cp(join(fileURLToPath(set.folder), name), join(folder, name), { recursive: true })
      if (down === undefined) findings.add(name, 'has no down.sql')
      const data = rows[name]
      const wrong = 'changes data, and no rows show to what'
      if (changesData(up) && !data?.up) findings.add(name, `migration.sql ${wrong}`)
      if (changesData(down ?? '') && !data?.down) findings.add(name, `down.sql ${wrong}`)
      await inSchema(sql, set, data?.before)
      const below = await dumpSchemas(sql, schemas)

      await migrateUp(url, [sofar])
      const first = await dumpSchemas(sql, schemas)
      await expectRows(sql, set, name, data?.up, 'applied', findings)
      if (down === undefined) continue
      await inSchema(sql, set, data?.after)
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
  expected: ExpectedRows | undefined,
  when: string,
  findings: Findings,
) {
  if (!expected) return
  const { rows } = await inSchema(sql, set, expected.query)
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(rows)), expected.rows))
    findings.add(name, `${when}, ${expected.query} answers ${JSON.stringify(rows)}`)
}

async function inSchema(sql: Sql, { schema }: MigrationSet, query = '') {
  await sql.query(`SET search_path TO "${schema}"`)
  return sql.query(query)
}
