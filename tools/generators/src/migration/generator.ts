import { spawnSync } from 'node:child_process'
import { type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards } from '../afterwards.ts'
import { wrongFileName } from '../names.ts'
import { readText } from '../edit.ts'
import { checkClean, refuse, Refusal } from '../refusal.ts'
import { snake } from '../words.ts'
import { entryOf } from '../workspace.ts'
import { schemaDiff } from './schema-diff.ts'

export interface MigrationOptions {
  service: string
  name: string
  allowDirty?: boolean
}

/**
 * `nx g slipway:migration orders add-note`. What `schema.prisma` has become since it was committed is the migration; when
 * it is as it was, the two files say what to write in them. The universal tests compare what they make with the schema.
 *
 * @throws Refusal before anything is written
 */
export async function migrationGenerator(tree: Tree, options: MigrationOptions): Promise<GeneratorCallback> {
  const { service, name } = options
  refuse(wrongFileName(name, 'The migration'))
  entryOf(tree, service)
  const migrations = `services/${service}/prisma/migrations`
  const taken = tree.children(migrations).find((folder) => folder.endsWith(`_${snake(name)}`))
  refuse(taken ? [`${migrations}/${taken} is there already`] : [])
  const schema = `services/${service}/prisma/schema.prisma`
  checkClean(tree, options, schema)

  const now = readText(tree, schema)
  const { up, down } = await changes(committed(tree, schema) ?? now, now, schema)
  const folder = `${migrations}/${stamp(tree, migrations)}_${snake(name)}`
  tree.write(
    `${folder}/migration.sql`,
    `-- Up: what the new code needs, such that the old code still runs on it.\n${up}`,
  )
  tree.write(`${folder}/down.sql`, `-- Down: back to how it was, undoing the last step first.\n${down}`)
  const universal = `services/${service}/src/testing/universal.test.ts`
  const advice =
    up === ''
      ? [
          `${schema} is as it was committed: write ${folder}/migration.sql and down.sql, and change it alike.`,
          'Where it is changed first, both files are written from the change.',
          `Either file may change data, and is tried on rows then: tell them in rows of ${universal}.`,
        ]
      : [
          `${folder}/migration.sql and down.sql make and undo what has changed in ${schema}.`,
          'Read them: Prisma knows neither your rows nor the code that still runs (docs/guides/rolling-deploys.md).',
        ]
  const test = `  npm test -- ${service}        goes up, down and up again, and compares it with the schema`
  return afterwards(tree.root, [], [...advice, test])
}

async function changes(before: string, after: string, path: string) {
  try {
    return { up: await schemaDiff(before, after), down: await schemaDiff(after, before) }
  } catch (error) {
    throw new Refusal([`${path}: ${(error as Error).message}`])
  }
}

/** A file as the last commit has it; undefined when it is new, or git does not know the folder. */
function committed({ root }: Tree, path: string): string | undefined {
  const { status, stdout } = spawnSync('git', ['show', `HEAD:${path}`], { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}

/** Now, or a second after the latest where that is later: migrations are applied in the order of their names. */
function stamp(tree: Tree, migrations: string): string {
  const now = Number(new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14))
  const latest = Math.max(0, ...tree.children(migrations).map((folder) => Number(/^\d{14}/.exec(folder)?.[0] ?? 0)))
  return String(Math.max(now, latest + 1))
}
