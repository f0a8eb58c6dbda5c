/** One line for each fact about a table, the same whether it is read from a Prisma schema or from the catalogs. */
export type Columns = readonly { name: string; descending?: boolean }[]

const longest = 63
const names = (columns: Columns) => columns.map(({ name }) => name).join(', ')
const ordered = (columns: Columns) =>
  columns.map(({ name, descending }) => `${name}${descending ? ' desc' : ''}`).join(', ')

/** Prisma's name of a constraint or index, cut to what PostgreSQL keeps. */
const usualName = (parts: readonly string[], suffix: string) =>
  `${parts.join('_').slice(0, longest - suffix.length)}${suffix}`

export const table = (name: string) => `table ${name}`

export function key(kind: 'primary key' | 'unique', tableName: string, columns: Columns, given?: string): string {
  const columnNames = columns.map(({ name }) => name)
  const usual = kind === 'unique' ? usualName([tableName, ...columnNames], '_key') : usualName([tableName], '_pkey')
  return `${kind} ${given ?? usual} on ${tableName} (${ordered(columns)})`
}

export function index(
  tableName: string,
  columns: Columns,
  { name, method = 'btree' }: { name?: string; method?: string },
) {
  const usual = usualName([tableName, ...columns.map((column) => column.name)], '_idx')
  return `index ${name ?? usual} on ${tableName} using ${method} (${ordered(columns)})`
}

interface Reference {
  name?: string
  table: string
  columns: Columns
  onDelete: string
  onUpdate: string
}

export function foreignKey(tableName: string, columns: Columns, { name, ...to }: Reference): string {
  const usual = usualName([tableName, ...columns.map((column) => column.name)], '_fkey')
  const target = `${to.table} (${names(to.columns)}) on delete ${to.onDelete} on update ${to.onUpdate}`
  return `foreign key ${name ?? usual} on ${tableName} (${names(columns)}) to ${target}`
}
