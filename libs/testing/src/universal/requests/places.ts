import { isDeepStrictEqual } from 'node:util'
import { merged, type JsonSchema } from './json-schema.ts'

/** Where in a JSON document, and what the schema says about it; nothing where it says nothing. */
export interface Place {
  path: readonly (string | number)[]
  schema: JsonSchema
}

/** The document itself and everything in it, outermost first. Of an array only the first item. */
export function placesOf(given: JsonSchema, value: unknown, path: Place['path'] = []): Place[] {
  const schema = chosen(merged(given), value)
  const inner = Object.entries(childrenOf(schema, value)).flatMap(([key, child]) =>
    placesOf(child.schema, child.value, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return [{ path, schema }, ...inner]
}

/** Of several choices the one that the value is of, as far as its type tells. */
function chosen(schema: JsonSchema, value: unknown): JsonSchema {
  const choices = schema.anyOf ?? schema.oneOf
  if (!choices) return schema
  const matches = ({ type, const: only, enum: some }: JsonSchema) =>
    only !== undefined
      ? isDeepStrictEqual(only, value)
      : (some?.includes(value) ?? [type].flat().includes(typeNameOf(value)))
  return choices.find(matches) ?? choices[0] ?? {}
}

const typeNameOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

function childrenOf({ properties = {}, items }: JsonSchema, value: unknown) {
  if (Array.isArray(value)) {
    const schema = (Array.isArray(items) ? items[0] : items) as JsonSchema | undefined
    return value.length > 0 ? { 0: { schema: schema ?? {}, value: value[0] as unknown } } : {}
  }
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, { schema: properties[name] ?? {}, value: child as unknown }]),
  )
}

/** A copy of the document with another value at a place; `undefined` takes it away. */
export function replaced(document: unknown, [key, ...rest]: Place['path'], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(document)) return document.map((item, at) => (at === key ? replaced(item, rest, value) : item))
  const entries = Object.entries(document as object).map(([name, child]): [string, unknown] => [
    name,
    name === key ? replaced(child, rest, value) : child,
  ])
  return Object.fromEntries(entries.filter(([name, child]) => name !== key || child !== undefined))
}

/** The place as people write it: `/price/amount`. */
export const pointer = ({ path }: Pick<Place, 'path'>) => `/${path.join('/')}`
