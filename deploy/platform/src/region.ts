/** Puts `lines` between the two marker lines of a file that is otherwise written by hand. @throws when there is no such place */
export function replaceRegion(text: string, [begin, end]: readonly [string, string], lines: readonly string[]): string {
  const rows = text.split('\n')
  const from = rows.findIndex((row) => row.trim().startsWith(begin))
  const to = rows.findIndex((row) => row.trim() === end)
  if (from < 0 || to < from) throw new Error(`there is no place between "${begin}" and "${end}"`)
  return [...rows.slice(0, from + 1), ...lines, ...rows.slice(to)].join('\n')
}
