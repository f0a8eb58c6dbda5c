import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FsTree } from 'nx/src/generators/tree.js'
import { expect } from 'vitest'
import { test } from '../testing/copy-of-tree.ts'
import { migrationGenerator } from './generator.ts'

const schema = 'services/sso/prisma/schema.prisma'
const up = '-- Up: what the new code needs, such that the old code still runs on it.\n'
const down = '-- Down: back to how it was, undoing the last step first.\n'

const addToSchema = ({ root }: FsTree, model: string) => appendFileSync(join(root, schema), `\n${model}\n`)

async function generated(tree: FsTree) {
  await migrationGenerator(tree, { service: 'sso', name: 'add-tube' })
  return Object.fromEntries(
    tree.listChanges().map(({ path, content }) => [path.replace(/^.*\d{14}_/, ''), content?.toString()]),
  )
}

test('what has changed in the schema is made, and undone', async ({ tree }) => {
  addToSchema(tree, 'model Tube {\n  id String @id @db.Uuid\n  note String?\n\n  @@map("tubes")\n}')
  expect(await generated(tree)).toEqual({
    'add_tube/migration.sql': `${up}-- CreateTable
CREATE TABLE "tubes" (
    "id" UUID NOT NULL,
    "note" TEXT,

    CONSTRAINT "tubes_pkey" PRIMARY KEY ("id")
);
`,
    'add_tube/down.sql': `${down}-- DropTable
DROP TABLE "tubes";
`,
  })
})

test('where nothing has changed in the schema, the files say what to write', async ({ tree }) => {
  expect(await generated(tree)).toEqual({ 'add_tube/migration.sql': up, 'add_tube/down.sql': down })
})

test('a schema that is none is refused in Prisma’s words, and nothing is written', async ({ tree }) => {
  addToSchema(tree, 'model Tube {\n  id Strin @id\n}')
  await expect(generated(tree)).rejects.toThrow(/schema\.prisma: [^]*Type "Strin" is neither a built-in type/)
  expect(tree.listChanges()).toEqual([])
})

test('other changes beside the schema are refused', async ({ tree }) => {
  addToSchema(tree, 'model Tube {\n  id String @id\n}')
  writeFileSync(join(tree.root, 'stray.txt'), '')
  await expect(generated(tree)).rejects.toThrow(/uncommitted changes: [^]*\n\?\? stray\.txt$/)
  expect(tree.listChanges()).toEqual([])
})
