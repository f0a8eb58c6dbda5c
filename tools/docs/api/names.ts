import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../files.ts'
import type { Document } from './documents.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * A document whose schemas carry the names that contracts give them, as `components.schemas`: a reader sees `Cart`
 * instead of its fields in every answer that holds one.
 */
export async function withNames(service: string, document: Document): Promise<Document> {
  return named(document, new Map([...(await contractNames(service)), ...problemOf(document)]))
}

/** Name by schema, written so that the order of fields does not matter. */
export type Names = ReadonlyMap<string, string>

export function named(document: Document, names: Names): Document {
  const schemas: Record<string, Json> = {}
  const replace = (value: Json): Json => {
    const name = isObject(value) ? names.get(canonical(value)) : undefined
    if (name === undefined) return inside(value)
    schemas[name] ??= inside(value)
    return { $ref: `#/components/schemas/${name}` }
  }
  const inside = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(replace)
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replace(each)]))
  }
  const paths = inside(document.paths as unknown as Json) as unknown as Document['paths']
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)))
  return { ...document, components: { ...document.components, schemas: sorted }, paths }
}

async function contractNames(service: string): Promise<[string, string][]> {
  const paths = [`libs/contracts/${service}/schemas.ts`, 'libs/contracts/primitives/index.ts']
  const modules = await Promise.all(
    paths
      .filter((path) => existsSync(join(root, path)))
      .map((path) => import(join(root, path)) as Promise<Record<string, unknown>>),
  )
  return modules
    .flatMap((module) => Object.entries(module).sort(([one], [other]) => (one > other ? -1 : 1)))
    .filter(([, schema]) => isObject(schema as Json) && (schema as { type?: string }).type === 'object')
    .map(([name, schema]) => [canonical(JSON.parse(JSON.stringify(schema)) as Json), name])
}

function problemOf(document: Document): [string, string][] {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  const responses = operations.map((operation) => (operation as { responses?: Record<string, Json> }).responses)
  const schemas = responses.flatMap((response) => {
    const content = (response?.['default'] as { content?: Record<string, { schema: Json }> } | undefined)?.content
    return content?.['application/problem+json']?.schema ?? []
  })
  return schemas.slice(0, 1).map((schema) => [canonical(schema), 'Problem'])
}

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same text for schemas that say the same. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isObject(value)) return JSON.stringify(value)
  const { const: only, ...rest } = value
  // the server’s document says `enum: [x]` for `const: x`
  const fields = Object.entries(only === undefined ? rest : { ...rest, enum: [only] }).sort(([one], [other]) =>
    one < other ? -1 : 1,
  )
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`
}
