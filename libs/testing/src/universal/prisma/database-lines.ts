import type { Sql } from '@slipway/database'
import { normalisedDefault } from './defaults.ts'
import { foreignKey, index, key, table, type Columns } from './lines.ts'

const tables = `
  pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'`
const actions: Readonly<Record<string, string>> = {
  a: 'NoAction',
  r: 'Restrict',
  c: 'Cascade',
  n: 'SetNull',
  d: 'SetDefault',
}
const columnsOf = (numbers: string, relation: string) => `
  (SELECT json_agg(json_build_object('name', a.attname) ORDER BY u.position)
   FROM unnest(${numbers}) WITH ORDINALITY u(number, position)
   JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.number)`

/** What Prisma's language could say of a schema, as lines. Checks, partial and expression indexes it cannot say. */
export async function databaseLines(sql: Sql, schema: string): Promise<string[]> {
  const read = async <Row extends object>(query: string) => (await sql.query<Row>(query, [schema])).rows
  await sql.query(`SET search_path TO ''`)
  return [
    ...(await read<{ name: string; labels: string[] }>(enumsQuery)).map(
      ({ name, labels }) => `enum ${name} (${labels.join(', ')})`,
    ),
    ...(await read<{ name: string }>(`SELECT c.relname AS name FROM ${tables}`)).map(({ name }) => table(name)),
    ...(await read<Column>(columnsQuery)).map(columnLine),
    ...(await read<Index>(indexesQuery)).map(indexLine),
    ...(await read<ForeignKey>(foreignKeysQuery)).map((row) =>
      foreignKey(row.table, row.columns, {
        name: row.name,
        table: row.target,
        columns: row.references,
        onDelete: actions[row.on_delete]!,
        onUpdate: actions[row.on_update]!,
      }),
    ),
  ]
}

const enumsQuery = `
  SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
  WHERE n.nspname = $1 GROUP BY t.typname`

interface Column {
  table: string
  name: string
  type: string
  schema: string
  list: boolean
  required: boolean
  counts: boolean
  default: string | null
}
const columnsQuery = `
  SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, n.nspname AS schema,
    t.typcategory = 'A' AS list, a.attnotnull AS required, a.attidentity <> '' AS counts, pg_get_expr(e.adbin, e.adrelid) AS default
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum AND a.attgenerated = '', ${tables}
    AND c.oid = a.attrelid AND a.attnum > 0 AND NOT a.attisdropped`

function columnLine({ table, name, type, schema, list, required, counts, default: value }: Column): string {
  const own = new RegExp(`^"?${schema}"?\\."?([^"[]+)"?`)
  const expression = counts ? '(counts)' : value === null ? undefined : normalisedDefault(value)
  const nullable = required && !list ? ' not null' : ''
  return `column ${table}.${name} ${type.replace(own, '"$1"')}${nullable}${expression === undefined ? '' : ` default ${expression}`}`
}

interface Index {
  table: string
  name: string
  method: string
  primary: boolean
  unique: boolean
  columns: Columns
}
const indexesQuery = `
  SELECT c.relname AS table, x.relname AS name, m.amname AS method, i.indisprimary AS primary, i.indisunique AS unique,
    (SELECT json_agg(json_build_object('name', a.attname, 'descending', i.indoption[u.position - 1] & 1 = 1) ORDER BY u.position)
     FROM unnest(i.indkey::int2[]) WITH ORDINALITY u(number, position)
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
     WHERE u.position <= i.indnkeyatts) AS columns
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam, ${tables}
    AND c.oid = i.indrelid AND i.indpred IS NULL AND i.indexprs IS NULL AND NOT i.indisexclusion`

function indexLine({ table, name, method, primary, unique, columns }: Index): string {
  if (primary || unique) return key(primary ? 'primary key' : 'unique', table, columns, name)
  return index(table, columns, { name, method })
}

interface ForeignKey {
  name: string
  table: string
  columns: Columns
  target: string
  references: Columns
  on_delete: string
  on_update: string
}
const foreignKeysQuery = `
  SELECT k.conname AS name, c.relname AS table, ${columnsOf('k.conkey', 'k.conrelid')} AS columns, f.relname AS target,
    ${columnsOf('k.confkey', 'k.confrelid')} AS references, k.confdeltype AS on_delete, k.confupdtype AS on_update
  FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid, ${tables} AND c.oid = k.conrelid AND k.contype = 'f'`
