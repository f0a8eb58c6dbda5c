/** The part of JSON Schema (2020-12) that route schemas are written in. */
export interface JsonSchema {
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  allOf?: readonly JsonSchema[]
  properties?: Readonly<Record<string, JsonSchema>>
  patternProperties?: Readonly<Record<string, JsonSchema>>
  additionalProperties?: boolean | JsonSchema
  required?: readonly string[]
  items?: JsonSchema | readonly JsonSchema[]
  prefixItems?: readonly JsonSchema[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
}

/** Types that a value may have; a schema that does not say is judged by its keywords. */
export function typesOf(schema: JsonSchema): readonly string[] {
  if (schema.type !== undefined) return [schema.type].flat()
  if (schema.properties || schema.patternProperties) return ['object']
  if (schema.items || schema.prefixItems) return ['array']
  if (schema.pattern !== undefined || schema.format !== undefined) return ['string']
  return []
}

/** One schema for all of `allOf`, as far as objects go. */
export function merged({ allOf = [], ...schema }: JsonSchema): JsonSchema {
  return allOf.map(merged).reduce(
    (left, right) => ({
      ...left,
      ...right,
      properties: { ...left.properties, ...right.properties },
      required: [...(left.required ?? []), ...(right.required ?? [])],
    }),
    schema,
  )
}
