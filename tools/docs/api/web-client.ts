import { services } from '@slipway/platform'
import openapiTS, { astToString } from 'openapi-typescript'
import type { Document } from './documents.ts'
import { withNames } from './names.ts'

const folder = 'clients/web/src/schema'

/** Types of what a page may call, for `clients/web`: a file for each service, and one of all paths. Path -> content. */
export async function webClientFiles(documents: ReadonlyMap<string, Document>): Promise<Map<string, string>> {
  const made = new Map<string, string>()
  const names = services.filter(({ development }) => !development).map(({ name }) => name)
  for (const name of names) {
    const document = await withNames(name, forPages(documents.get(name)!))
    const ast = await openapiTS(document as never, {
      alphabetize: true,
      rootTypes: true,
      rootTypesNoSchemaPrefix: true,
      rootTypesKeepCasing: true,
    })
    made.set(`${folder}/${name}.ts`, `${origin}\n${astToString(ast)}`)
  }
  return made.set(`${folder}/paths.ts`, allPaths(names))
}

const origin = '// Generated from the service’s OpenAPI document by npm run docs.'

/** Without what the edge lets nobody reach, what another party calls, and what is for those who run the platform. */
export function forPages(document: Document): Document {
  const paths = Object.entries(document.paths).filter(([path, operations]) => {
    const tags = Object.values(operations).flatMap((operation) => operation.tags ?? [])
    return !/^\/[^/]+\/(internal|webhooks)\//.test(path) && !tags.some((tag) => notForPages.has(tag))
  })
  return { ...document, paths: Object.fromEntries(paths) }
}

const notForPages = new Set(['platform', 'mailbox'])

function allPaths(names: readonly string[]): string {
  const alias = (name: string) => name.replaceAll(/-?\b(\w)/g, (_, letter: string) => letter.toUpperCase())
  return [
    origin,
    ...names.map((name) => `import type { paths as ${alias(name)} } from './${name}.ts'`),
    '',
    '/** Every path that a page may call. */',
    `export interface Paths extends ${names.map(alias).join(', ')} {}`,
    '',
  ].join('\n')
}
