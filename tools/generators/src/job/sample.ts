export interface JsonSchema {
  type?: string
  format?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  minimum?: number
  pattern?: string
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** Data that fits the schema, for the first test of a job: ids, times, amounts and texts that read like some. */
export function sampleOf(schema: JsonSchema, path = 'text', ids = { count: 0 }): unknown {
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0]!, path, ids)
  if (schema.type === 'object') {
    const required = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name))
    return Object.fromEntries(required.map(([name, inner]) => [name, sampleOf(inner, name, ids)]))
  }
  if (schema.type === 'array') return [sampleOf(schema.items ?? {}, path, ids)]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return true
  if (schema.format === 'uuid') return `01980000-0000-7000-9000-${String(++ids.count).padStart(12, '0')}`
  if (schema.format === 'date-time') return '2026-01-02T03:04:05.678Z'
  if (schema.format === 'uri') return 'https://example.com'
  if (schema.pattern === '^[A-Z]{3}$') return 'USD'
  return path === 'email' ? 'jo@example.com' : path
}
