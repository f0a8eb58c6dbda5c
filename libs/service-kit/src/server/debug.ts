import { Type } from 'typebox'
import { user } from '../access/access.ts'
import type { App } from './app.ts'

export interface DebugFacts {
  service: string
  version: string
  commit?: string | undefined
  settings: Record<string, unknown>
}

const config = { access: user({ permissions: ['debug:read'] }) }
const Info = Type.Object({
  service: Type.String(),
  version: Type.String(),
  commit: Type.Union([Type.String(), Type.Null()]),
  uptime: Type.Number({ description: 'Seconds' }),
  node: Type.String(),
  settings: Type.Record(Type.String(), Type.Unknown()),
})

/** What runs here, with secrets masked; and a route that always fails, to see an error reach Sentry. */
export function debugRoutes(app: App, { service, version, commit, settings }: DebugFacts) {
  const startedAt = performance.now()

  app.get(
    '/debug/info',
    { config, schema: { summary: 'Version, uptime, settings', tags: ['platform'], response: { 200: Info } } },
    async () => ({
      service,
      version,
      commit: commit ?? null,
      uptime: (performance.now() - startedAt) / 1_000,
      node: process.version,
      settings,
    }),
  )

  app.get('/debug/error', { config, schema: { summary: 'Always fails', tags: ['platform'] } }, async () => {
    throw new Error('This route always fails, to try error reporting')
  })
}
