import fc from 'fast-check'
import { merged, typesOf, type JsonSchema } from './json-schema.ts'
import { textArbitrary } from './text-arbitrary.ts'
import { inWords, misfits } from './validator.ts'

/** Values that fit a JSON schema, with every optional property present. */
export function arbitraryOf(given: JsonSchema): fc.Arbitrary<unknown> {
  const schema = merged(given)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(arbitraryOf))
  const types = typesOf(schema)
  if (types.length === 0) return fc.jsonValue({ maxDepth: 1 })
  return fc.oneof(...types.map((type) => ofType(type, schema)))
}

function ofType(type: string, schema: JsonSchema): fc.Arbitrary<unknown> {
  if (type === 'string') return textArbitrary(schema)
  if (type === 'integer' || type === 'number') return numberArbitrary(type, schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'array') return arrayArbitrary(schema)
  if (type === 'object') return objectArbitrary(schema)
  throw new Error(`No values are known for the type ${type}`)
}

function numberArbitrary(type: string, schema: JsonSchema): fc.Arbitrary<number> {
  const step = schema.multipleOf ?? 1
  const above = schema.minimum ?? (schema.exclusiveMinimum !== undefined ? schema.exclusiveMinimum + step : 0)
  const below =
    schema.maximum ?? (schema.exclusiveMaximum !== undefined ? schema.exclusiveMaximum - step : above + 1_000)
  if (type === 'number' && schema.multipleOf === undefined) return fc.double({ min: above, max: below, noNaN: true })
  return fc.integer({ min: Math.ceil(above / step), max: Math.floor(below / step) }).map((count) => count * step)
}

function arrayArbitrary({ items = {}, prefixItems, minItems = 0, maxItems = minItems + 3 }: JsonSchema) {
  const tuple = prefixItems ?? (Array.isArray(items) ? (items as readonly JsonSchema[]) : undefined)
  if (tuple) return fc.tuple(...tuple.map(arbitraryOf))
  return fc.array(arbitraryOf(items as JsonSchema), {
    minLength: Math.max(minItems, Math.min(1, maxItems)),
    maxLength: maxItems,
  })
}

function objectArbitrary({ properties = {}, patternProperties = {} }: JsonSchema): fc.Arbitrary<object> {
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, arbitraryOf(each)])),
  )
  const [pattern] = Object.entries(patternProperties)
  if (!pattern) return named
  const keys = fc.stringMatching(new RegExp(pattern[0], 'u'), { size: 'small' })
  return fc
    .tuple(named, fc.dictionary(keys, arbitraryOf(pattern[1]), { maxKeys: 2 }))
    .map(([one, other]) => ({ ...other, ...one }))
}

const attempts = 100

/** One value that fits, always the same for a seed. @throws when none is found */
export function valueFor(schema: JsonSchema, seed: number): unknown {
  const values = arbitraryOf(schema)
  for (const numRuns of [1, attempts]) {
    const found = fc.sample(values, { seed, numRuns }).find((value) => misfits(schema, value).length === 0)
    if (found !== undefined) return found
  }
  const [example] = fc.sample(values, { seed, numRuns: 1 })
  throw new Error(`No value was found that fits: ${inWords(misfits(schema, example))}`)
}
