import { join } from 'node:path'
import { readSettings } from '@slipway/config'
import { createObservability } from '@slipway/observability'
import { environmentOf, services, type ServiceEntry } from '@slipway/platform'
import { assemble, newId, systemClock, type BaseDeps, type ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { root } from '../files.ts'
import type { Json } from './names.ts'

export interface Operation {
  summary?: string
  tags?: string[]
  security?: unknown[]
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[]
  requestBody?: { content: Record<string, { schema: Json }> }
}

export interface Document {
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json> }
}

type Definition = ServiceDefinition<TObject, unknown, BaseDeps<unknown>>

/** The OpenAPI document of every service of the list, as its own server answers it. Nothing behind the servers runs. */
export async function openApiDocuments(): Promise<Map<string, Document>> {
  const documents = new Map<string, Document>()
  for (const entry of services) documents.set(entry.name, await documentOf(entry))
  return documents
}

async function documentOf(entry: ServiceEntry): Promise<Document> {
  const module = (await import(join(root, 'services', entry.name, 'src/app.ts'))) as Record<string, object>
  const found = Object.values(module).find((value) => Object.hasOwn(Object(value) as object, 'definition')) as {
    definition: Definition
  }
  const definition = { ...found.definition, prepare: undefined }
  const settings = readSettings(definition.settings, environmentFor(entry))
  const observability = createObservability({ service: entry.name, version: '0', settings: settings as never })
  const deps = await definition.buildDeps({ settings, observability, clock: systemClock, newId })
  const keys = () => Promise.reject(new Error('Nobody calls'))
  const built = await assemble(definition, { settings, observability, deps, keys })
  const answer = await built.app.inject(`/${entry.name}/docs/openapi.json`)
  await built.stop(0)
  return answer.json<Document>()
}

/** Valid settings that lead nowhere: a server alone opens no connection. */
const environmentFor = (entry: ServiceEntry) => ({
  LOG_LEVEL: 'silent',
  ...environmentOf(entry, {
    production: false,
    publicUrl: 'http://localhost:3000',
    address: (name) => `http://127.0.0.1:1/${name}`,
    secret: () => 'x'.repeat(40),
    database: () => ({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' }),
    events: () => ({ EVENTS_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' }),
    objects: () => ({ DISK_STORE_DIR: '/nonexistent', DISK_STORE_SECRET: 'x'.repeat(40) }),
  }),
})
