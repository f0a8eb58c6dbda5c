import { attribute, textOf, type Field } from './parse-schema.ts'

/** https://www.prisma.io/docs/orm/overview/databases/postgresql#type-mapping-between-postgresql-and-prisma-schema */
const usual: Readonly<Record<string, string>> = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Decimal: 'numeric(65,30)',
  DateTime: 'timestamp(3) without time zone',
  Json: 'jsonb',
  Bytes: 'bytea',
}

/** `@db.…`: PostgreSQL's own names, `#` for the arguments. */
const native: Readonly<Record<string, string>> = {
  Text: 'text',
  Char: 'character#',
  VarChar: 'character varying#',
  Uuid: 'uuid',
  Xml: 'xml',
  Inet: 'inet',
  Citext: 'citext',
  Bit: 'bit#',
  VarBit: 'bit varying#',
  Boolean: 'boolean',
  Integer: 'integer',
  SmallInt: 'smallint',
  BigInt: 'bigint',
  Oid: 'oid',
  DoublePrecision: 'double precision',
  Real: 'real',
  Decimal: 'numeric#',
  Money: 'money',
  Timestamp: 'timestamp# without time zone',
  Timestamptz: 'timestamp# with time zone',
  Date: 'date',
  Time: 'time# without time zone',
  Timetz: 'time# with time zone',
  Json: 'json',
  JsonB: 'jsonb',
  ByteA: 'bytea',
}
/** What PostgreSQL itself assumes where nothing is said. */
const assumed: Readonly<Record<string, string>> = { Char: '(1)', Bit: '(1)' }

/** Enums by their name in the schema, with the names of type and values in the database. */
export type Enums = ReadonlyMap<string, { name: string; values: ReadonlyMap<string, string> }>

/** The column's type as `format_type` writes it; undefined for what is no column, such as a relation. */
export function sqlTypeOf(field: Field, enums: Enums): string | undefined {
  const name = enums.get(field.type)?.name
  const single = field.unsupported ?? nativeType(field) ?? (name && `"${name}"`) ?? usual[field.type]
  return single && `${single}${field.list ? '[]' : ''}`
}

function nativeType({ attributes }: Field): string | undefined {
  const given = attributes.find(({ name }) => name.startsWith('db.'))
  if (!given) return undefined
  const name = given.name.slice(3)
  const template = native[name]
  if (!template) throw new Error(`The type @db.${name} is not known here`)
  const args = Object.values(given.args).map(textOf)
  return template.replace('#', args.length > 0 ? `(${args.join(',')})` : (assumed[name] ?? ''))
}

/** Column of a field. */
export const columnOf = (field: Field) =>
  textOf(attribute(field, 'map')?.args[0] ?? attribute(field, 'map')?.args['name']) ?? field.name
