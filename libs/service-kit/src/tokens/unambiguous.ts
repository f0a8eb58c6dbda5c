const token = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/**
 * Whether no object in this JSON text names a member twice. Parsers differ in which one counts, so that a token could say
 * one thing to us and another to somebody else (RFC 7519 section 4, RFC 8259 section 4).
 */
export function unambiguous(json: string): boolean {
  let written = 0
  for (const [, colon] of json.matchAll(token)) if (colon) written++
  return written === membersOf(JSON.parse(json))
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce<number>((sum, member) => sum + membersOf(member), own)
}
