import cors from '@fastify/cors'
import { forAnyone } from '../access/default-deny.ts'
import type { App } from './app.ts'

const origin = String.raw`[a-z][a-z0-9+.-]*://([a-z0-9.-]+|\[[0-9a-f:]+\])(:(\d{1,5}|\*))?`

/** Of `CORS_ORIGINS`: nothing, `*`, or origins with commas between; `http://localhost:*` means any port. */
export const originsPattern = `^(\\*|${origin}( *, *${origin})*)?$`

/**
 * Lets pages of the listed origins call. They may send cookies along, which `*` rules out: then anybody's page may
 * call, with a token in the header.
 */
export async function allowOrigins(app: App, list: string) {
  await forAnyone(app, () =>
    app.register(cors, {
      origin: list === '' ? false : list === '*' ? '*' : list.split(',').map((entry) => allowed(entry.trim())),
      credentials: list !== '' && list !== '*',
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: ['x-request-id', 'x-trace-id', 'retry-after', 'idempotent-replayed'],
      maxAge: 600,
    }),
  )
}

/** As a browser names itself, or any port of a host. */
function allowed(entry: string): string | RegExp {
  if (!entry.endsWith(':*')) return entry
  return new RegExp(`^${entry.slice(0, -2).replaceAll(/[^\w]/g, '\\$&')}(:\\d+)?$`)
}
