import {
  attribute,
  parseSchema,
  splitAtCommas,
  textOf,
  type Attribute,
  type Block,
  type Field,
} from './parse-schema.ts'
import { columnOf, sqlTypeOf, type Enums } from './sql-types.ts'
import { defaultOf } from './defaults.ts'
import { foreignKey, index, key, table, type Columns } from './lines.ts'

/** What a Prisma schema says of the database, as lines; see `lines.ts`. */
export function expectedLines(source: string): string[] {
  const blocks = parseSchema(source)
  const models = new Map(blocks.filter(({ kind }) => kind === 'model').map((model) => [model.name, model]))
  const enums = blocks.filter(({ kind }) => kind === 'enum')
  const byName: Enums = new Map(enums.map((block) => [block.name, { name: mapped(block), values: valuesOf(block) }]))
  return [
    ...enums.map((block) => `enum ${mapped(block)} (${[...valuesOf(block).values()].join(', ')})`),
    ...[...models.values()].flatMap((model) => modelLines(model, models, byName)),
  ]
}

const valuesOf = ({ fields }: Block) => new Map(fields.map((value) => [value.name, columnOf(value)]))
const mapped = (block: Block) => textOf(attribute(block, 'map')?.args[0]) ?? block.name

function modelLines(model: Block, models: ReadonlyMap<string, Block>, enums: Enums): string[] {
  const name = mapped(model)
  const columns = model.fields.flatMap((field) => {
    const type = sqlTypeOf(field, enums)
    if (type === undefined) return relationOf(model, field, models)
    // a list is never null for Prisma, whatever the column says
    const nullable = field.list || field.optional ? '' : ' not null'
    return [`column ${name}.${columnOf(field)} ${type}${field.list ? '' : nullable}${defaultOf(field, enums)}`]
  })
  return [
    table(name),
    ...columns,
    ...model.fields.flatMap((field) => fieldKeys(model, field)),
    ...model.attributes.flatMap((each) => blockKeys(model, each)),
  ]
}

function fieldKeys(model: Block, field: Field): string[] {
  const columns = [{ name: columnOf(field) }]
  return field.attributes.flatMap(({ name, args }) => keyLines(mapped(model), name, columns, args))
}

function blockKeys(model: Block, { name, args }: Attribute): string[] {
  return keyLines(mapped(model), name, columnsOf(model, args[0] ?? args['fields']), args)
}

function keyLines(tableName: string, kind: string, columns: Columns, args: Attribute['args']): string[] {
  const given = textOf(args['map'])
  if (kind === 'id') return [key('primary key', tableName, columns, given)]
  if (kind === 'unique') return [key('unique', tableName, columns, given)]
  if (kind === 'index') return [index(tableName, columns, { name: given, method: textOf(args['type'])?.toLowerCase() })]
  return []
}

/** `[userId, createdAt(sort: Desc)]`. */
function columnsOf(model: Block, tokens: readonly string[] = []): Columns {
  return splitAtCommas(tokens.slice(1, -1)).map(([name, ...options]) => {
    const field = model.fields.find((each) => each.name === name)
    return { name: field ? columnOf(field) : name!, descending: options.includes('Desc') }
  })
}

function relationOf(model: Block, field: Field, models: ReadonlyMap<string, Block>): string[] {
  const target = models.get(field.type)
  if (!target) throw new Error(`${model.name}.${field.name} is of the unknown type ${field.type}`)
  const args = attribute(field, 'relation')?.args ?? {}
  const opposite = target.fields.find(
    (other) => other !== field && other.type === model.name && relationName(other) === relationName(field),
  )
  if (field.list && opposite?.list)
    throw new Error(`${model.name}.${field.name}: give this many-to-many relation a model of its own`)
  if (!args['fields']) return []
  const columns = columnsOf(model, args['fields'])
  return [
    foreignKey(mapped(model), columns, {
      name: textOf(args['map']),
      table: mapped(target),
      columns: columnsOf(target, args['references']),
      onDelete: textOf(args['onDelete']) ?? (field.optional ? 'SetNull' : 'Restrict'),
      onUpdate: textOf(args['onUpdate']) ?? 'Cascade',
    }),
  ]
}

const relationName = (field: Field) => {
  const { 0: first, name = first } = attribute(field, 'relation')?.args ?? {}
  return textOf(name)
}
