import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { anyone, type Access } from '../access/access.ts'
import { forAnyone } from '../access/default-deny.ts'
import type { App } from './app.ts'
import { problemSchema } from './problem-schema.ts'

interface DocsOptions {
  service: string
  version: string
  description: string
  publicUrl: string
}

/** Collects the OpenAPI 3.1 document; registered before the routes that it is to hold. */
export async function collectDocs(app: App, { service, version, description, publicUrl }: DocsOptions) {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `${service} API`, version, description },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: ({ schema = {}, url, route }) => {
      const access = route.config?.access
      const response = { ...(schema['response'] as object | undefined), default: problemSchema }
      const querystring = withoutRequiredDefaults(schema['querystring'])
      const description = [schema['description'], accessOf(access)].filter(Boolean).join(' ')
      return {
        url,
        schema: {
          ...schema,
          querystring,
          response,
          ...(description && { description }),
          ...(access?.kind === 'callers' && { security: [{ bearer: [] }] }),
        } as typeof schema,
      }
    },
  })
}

/** Nobody has to send what has a default. */
function withoutRequiredDefaults(query: unknown) {
  const { required, properties } = (query ?? {}) as { required?: string[]; properties?: Record<string, object> }
  if (!required) return query
  return { ...(query as object), required: required.filter((name) => !('default' in (properties?.[name] ?? {}))) }
}

function accessOf(access: Access | undefined): string | undefined {
  if (access?.kind === 'signed') return `Access: ${access.scheme}.`
  if (access?.kind !== 'callers') return undefined
  const needs = access.allowed.map(({ caller, permissions }) => [caller, ...permissions].join(' + '))
  return `Access: ${needs.join(', or ')}.`
}

/** `/docs` for people, `/docs/openapi.json` for programs. */
export async function docsRoutes(app: App) {
  await forAnyone(app, () =>
    app.register(swaggerUi, {
      routePrefix: '/docs',
      indexPrefix: app.prefix,
      logLevel: 'warn',
    }),
  )
  app.get('/docs/openapi.json', { config: { access: anyone(), quiet: true }, schema: { hide: true } }, async () =>
    app.swagger(),
  )
}
