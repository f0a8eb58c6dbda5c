import { createHash } from 'node:crypto'

const limit = 500

/**
 * Names for Prisma's statements, so that PostgreSQL prepares each once per connection. A name is made of the text, so
 * that all who share a connection mean the same by it. Bounded: the rest stay unnamed.
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= limit) return ''
    const name = `p${createHash('sha256').update(sql).digest('base64url')}`
    names.set(sql, name)
    return name
  }
}
