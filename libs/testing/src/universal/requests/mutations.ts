import type { JsonSchema } from './json-schema.ts'
import { nastyValues } from './nasty-values.ts'
import { placesOf, pointer, replaced, type Place } from './places.ts'

/** A document that differs from a right one in one thing. It may still fit its schema: the schema tells. */
export interface Mutation {
  what: string
  value: unknown
  /** A field that the schema does not name: bodies of requests are to be refused, whatever the schema lets pass. */
  extraField?: boolean
}

/** Every place of the document with every nasty value in it, without it, and with a stranger beside it. */
export function mutationsOf(schema: JsonSchema, valid: unknown): Mutation[] {
  return placesOf(schema, valid).flatMap((place) => [
    ...nastyValues(place.schema).map(([what, value]) => ({
      what: `${what} at ${pointer(place)}`,
      value: replaced(valid, place.path, value),
    })),
    ...(place.path.length > 0
      ? [{ what: `without ${pointer(place)}`, value: replaced(valid, place.path, undefined) }]
      : []),
    ...withExtraFields(valid, place),
  ])
}

const extraNames = ['unexpected', 'constructor', 'toString', 'isAdmin']

function withExtraFields(valid: unknown, place: Place): Mutation[] {
  const at = place.path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], valid)
  const { properties, patternProperties, additionalProperties = false } = place.schema
  if (typeof at !== 'object' || at === null || Array.isArray(at)) return []
  return extraNames.map((name) => ({
    what: `an extra field ${name} at ${pointer(place)}`,
    value: replaced(valid, place.path, { ...at, [name]: 'x' }),
    extraField: properties !== undefined && !patternProperties && !additionalProperties,
  }))
}
