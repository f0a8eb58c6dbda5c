const limit = 500

/** Names for Prisma's statements, so that PostgreSQL prepares each once per connection. Bounded: the rest stay unnamed. */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= limit) return ''
    const name = `p${names.size}`
    names.set(sql, name)
    return name
  }
}
