interface Counted {
  command: string
  rowCount: number | null
}

/** Rows as a table for people, or how many a statement touched. */
export function renderTable(
  columns: readonly string[],
  rows: readonly object[],
  { command, rowCount }: Counted,
): string {
  if (columns.length === 0) return `${command} ${rowCount ?? ''}`.trim()
  const cells = rows.map((row) => columns.map((column) => textOf((row as Record<string, unknown>)[column])))
  const widths = columns.map((column, index) => Math.max(column.length, ...cells.map((row) => row[index]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index]!))
      .join(' | ')
      .trimEnd()
  return [
    line(columns),
    widths.map((width) => '-'.repeat(width)).join('-+-'),
    ...cells.map(line),
    `(${rows.length})`,
  ].join('\n')
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
