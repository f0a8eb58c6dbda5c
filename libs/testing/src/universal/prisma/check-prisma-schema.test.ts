import type { Sql } from '@slipway/database'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { withEmptyDatabase } from '../migrations/empty-database.ts'
import { checkPrismaSchema } from './check-prisma-schema.ts'

const source = `
datasource db {
  provider = "postgresql"
}

/// What is for sale { "quoted" [brackets] }
enum State {
  open
  sold @map("sold-out") // a word of its own
  @@map("item_state")
}

model Item {
  id        String   @id @db.Uuid
  number    Int      @default(autoincrement())
  ownerId   String   @map("owner_id") @db.Uuid
  title     String   @default("it's new") @db.VarChar(200)
  price     Decimal  @db.Decimal(12, 2)
  weight    Float?
  state     State    @default(open)
  tags      String[] @default(["a", "b"])
  details   Json
  xid       Unsupported("xid8") @default(dbgenerated("pg_current_xact_id()"))
  createdAt DateTime @default(now()) @map("created_at") @db.Timestamptz(3)
  owner     Owner    @relation(fields: [ownerId], references: [id], onDelete: Cascade)

  @@unique([ownerId, number], map: "one_number")
  @@index([state, createdAt(sort: Desc)])
  @@index([tags], type: Gin)
  @@map("items")
}

model Owner {
  id       String  @id @default(uuid()) @db.Uuid
  email    String  @unique
  parentId String? @map("parent_id") @db.Uuid
  parent   Owner?  @relation("parents", fields: [parentId], references: [id])
  children Owner[] @relation("parents")
  items    Item[]
}
`

const sql = [
  `CREATE TYPE item_state AS ENUM ('open', 'sold-out')`,
  `CREATE TABLE "Owner" (id uuid PRIMARY KEY, email text NOT NULL, parent_id uuid,
     CONSTRAINT "Owner_parent_id_fkey" FOREIGN KEY (parent_id) REFERENCES "Owner" ON DELETE SET NULL ON UPDATE CASCADE)`,
  `CREATE UNIQUE INDEX "Owner_email_key" ON "Owner" (email)`,
  `CREATE TABLE items (id uuid PRIMARY KEY, number serial, owner_id uuid NOT NULL, title varchar(200) NOT NULL DEFAULT 'it''s new',
     price numeric(12, 2) NOT NULL CHECK (price > 0), weight double precision, state item_state NOT NULL DEFAULT 'open',
     tags text[] DEFAULT ARRAY['a', 'b'], details jsonb NOT NULL, xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
     created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
     CONSTRAINT items_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES "Owner" ON DELETE CASCADE ON UPDATE CASCADE)`,
  `CREATE UNIQUE INDEX one_number ON items (owner_id, number)`,
  `CREATE INDEX items_state_created_at_idx ON items (state, created_at DESC)`,
  `CREATE INDEX items_tags_idx ON items USING gin (tags)`,
  `CREATE UNIQUE INDEX cheap_ones ON items (title) WHERE price < 1`,
]

const admin = inject('postgresUrl')
const ready = Promise.withResolvers<Sql>()
const done = Promise.withResolvers<void>()
let database: Promise<void>
beforeAll(async () => {
  database = withEmptyDatabase(admin, async (_url, connection) => {
    for (const statement of sql) await connection.query(statement)
    ready.resolve(connection)
    await done.promise
  })
  await ready.promise
})
afterAll(() => {
  done.resolve()
  return database
})
const check = async (schema: string) =>
  checkPrismaSchema({ source: schema, sql: await ready.promise, schema: 'public' })

test('a schema that says what is there passes', async () => {
  await check(source)
})

test.each<[string, RegExp, [from: string, to: string]]>([
  ['a column that is missing', /only in the database: column items.weight/, ['  weight    Float?\n', '']],
  [
    'a column too many',
    /only in schema.prisma: column items.colour text/,
    ['  weight ', '  colour String?\n  weight '],
  ],
  ['another nullability', /only in schema.prisma: column items.weight double precision not null/, ['Float?', 'Float']],
  [
    'another type',
    /only in schema.prisma: column items.title character varying\(100\)/,
    ['VarChar(200)', 'VarChar(100)'],
  ],
  ['another default', /default sold-out/, ['@default(open)', '@default(sold)']],
  ['another column name', /only in the database: column items.created_at/, ['@map("created_at") ', '']],
  ['a unique that is missing', /only in the database: unique Owner_email_key/, [' @unique', '']],
  [
    'an index too many',
    /only in schema.prisma: index items_price_idx/,
    ['@@map("items")', '@@index([price])\n  @@map("items")'],
  ],
  ['an index in another order', /state, created_at desc/, ['(sort: Desc)', '']],
  ['another way of an index', /only in schema.prisma: index items_tags_idx on items using btree/, [', type: Gin', '']],
  ['another name of a key', /only in schema.prisma: unique items_owner_id_number_key/, [', map: "one_number"', '']],
  [
    'another end of a reference',
    /only in schema.prisma: foreign key .* on delete Restrict/,
    [', onDelete: Cascade', ''],
  ],
  ['another word of an enum', /only in schema.prisma: enum item_state \(open, sold\)/, [' @map("sold-out")', '']],
  ['a model that is missing', /only in the database: table items/, ['@@map("items")', '@@map("goods")']],
])('%s is found', async (_, wrong, [from, to]) => {
  await expect(check(source.replace(from, to))).rejects.toThrow(wrong)
})

test('a table that no model knows is found', async () => {
  const connection = await ready.promise
  await connection.query('CREATE TABLE public.stray (id int)')
  await expect(check(source)).rejects.toThrow('only in the database: table stray')
  await connection.query('DROP TABLE public.stray')
})

test('what cannot be compared says so', async () => {
  await expect(check(source.replace('@db.VarChar(200)', '@db.Geometry'))).rejects.toThrow('@db.Geometry is not known')
  const manyToMany = source
    .replace('items    Item[]', 'items    Item[]\n  friends Friend[]\n')
    .concat('model Friend {\n  id String @id\n  owners Owner[]\n}\n')
  await expect(check(manyToMany)).rejects.toThrow('a model of its own')
})
