import { type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards } from '../afterwards.ts'
import { wrongFileName } from '../names.ts'
import { checkClean, refuse } from '../refusal.ts'
import { snake } from '../words.ts'
import { entryOf } from '../workspace.ts'

export interface MigrationOptions {
  service: string
  name: string
  allowDirty?: boolean
}

/**
 * `nx g slipway:migration orders add-note`. The two files say what to write in them; the universal tests compare what
 * they make with `schema.prisma`.
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
  checkClean(tree, options)
  const folder = `${migrations}/${stamp(tree, migrations)}_${snake(name)}`
  tree.write(`${folder}/migration.sql`, '-- Up: what the new code needs, such that the old code still runs on it.\n')
  tree.write(`${folder}/down.sql`, '-- Down: back to how it was, undoing the last step first.\n')
  return afterwards(
    tree.root,
    [],
    [
      `Write ${folder}/migration.sql and down.sql, and change services/${service}/prisma/schema.prisma alike.`,
      `  npm test -- ${service}        goes up, down and up again, and compares it with the schema`,
    ],
  )
}

/** Now, or a second after the latest where that is later: migrations are applied in the order of their names. */
function stamp(tree: Tree, migrations: string): string {
  const now = Number(new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14))
  const latest = Math.max(0, ...tree.children(migrations).map((folder) => Number(/^\d{14}/.exec(folder)?.[0] ?? 0)))
  return String(Math.max(now, latest + 1))
}
