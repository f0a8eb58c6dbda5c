import { Compile, type Validator } from 'typebox/compile'
import type { TSchema } from 'typebox'

/** Why a value does not fit its schema: `/cartId must match format "uuid"`; undefined when it does. Never shows values. */
export type Check = (value: unknown) => string | undefined

/** What we emit must fit the schema as it is written. Compiled once for each schema. */
export const checkEmitted = cached((schema) => schema)

/** What others emit may hold more than we know: a later version of theirs adds fields. */
export const checkReceived = cached((schema) => tolerant(schema) as TSchema)

function cached(prepare: (schema: TSchema) => TSchema): (schema: TSchema) => Check {
  const checks = new WeakMap<TSchema, Check>()
  return (schema) => {
    const known = checks.get(schema)
    if (known) return known
    const validator = Compile(prepare(schema))
    const check: Check = (value) => (validator.Check(value) ? undefined : explain(validator, value))
    checks.set(schema, check)
    return check
  }
}

function explain(validator: Validator, value: unknown): string {
  const errors = validator.Errors(value)
  const first = errors.find(({ keyword }) => keyword !== 'boolean') ?? errors[0] // an unknown field is both
  return first ? `${first.instancePath || '/'} ${first.message}` : 'does not fit its schema'
}

function tolerant(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(tolerant)
  if (typeof schema !== 'object' || schema === null) return schema
  const strict = 'properties' in schema && 'additionalProperties' in schema && schema.additionalProperties === false
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !(strict && key === 'additionalProperties'))
      .map(([key, value]) => [key, tolerant(value)]),
  )
}
