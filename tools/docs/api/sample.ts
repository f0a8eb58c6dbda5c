import type { Json } from './names.ts'

/** Of string formats. */
const texts: Readonly<Record<string, string>> = {
  uuid: '01980000-0000-7000-8000-000000000000',
  email: 'jo@example.com',
  uri: 'https://example.com',
  'date-time': '2030-01-01T00:00:00Z',
}

/** The least that fits a schema, to be filled in by a person: required fields, first choices, lower bounds. */
export function sampleOf(schema: Json): Json {
  const { type, properties = {}, required = [], ...rest } = schema as Readonly<Record<string, never>>
  const { const: only, default: usual, enum: choices, anyOf, format, minimum, minItems, items } = rest
  const first = [only, usual, (choices as Json[] | undefined)?.[0]].find((value) => value !== undefined)
  if (first !== undefined) return first
  if (anyOf) return sampleOf((anyOf as Json[])[0]!)
  if (type === 'object')
    return Object.fromEntries(
      (required as string[]).map((name) => [name, sampleOf((properties as Record<string, Json>)[name] ?? {})]),
    )
  if (type === 'array') return Array.from({ length: (minItems as number | undefined) ?? 1 }, () => sampleOf(items!))
  if (type === 'integer' || type === 'number') return (minimum as number | undefined) ?? 1
  if (type === 'boolean') return true
  return type === 'string' ? (texts[format!] ?? '') : null
}
