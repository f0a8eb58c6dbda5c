import { Writable } from 'node:stream'
import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { Type } from 'typebox'
import type { Caller } from '../access/caller.ts'
import { InvalidToken } from '../access/errors.ts'
import type { App } from '../server/app.ts'
import { createApp, type AppOptions } from '../server/create-app.ts'
import { serviceVariables } from '../variables.ts'

export const environment = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://slipway.test',
  SSO_URL: 'http://sso.test/sso',
  TOKEN_ISSUER: 'http://sso.test/sso',
  MAX_EVENT_LOOP_DELAY_MS: '0', // how busy the machine is must not decide
}

/** Tokens of these tests are `<kind>`, or `<kind>~<permission>+<permission>` with a dot for the colon. */
async function verify(token: string): Promise<Caller> {
  const [kind, permissions = ''] = token.split('~')
  if (kind !== 'user' && kind !== 'service' && kind !== 'delegated') throw new InvalidToken()
  return {
    kind,
    id: `a-${kind}`,
    clientId: 'web',
    roles: [],
    permissions: new Set(permissions.replaceAll('.', ':').split('+')),
    token,
  }
}

/** A server with these routes and nothing behind it, and the log lines that it writes. */
export async function testApp(
  routes: (app: App) => void | Promise<void>,
  options: Partial<AppOptions> & { variables?: Record<string, string> } = {},
) {
  const { variables, ...rest } = options
  const lines: Record<string, never>[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Record<string, never>)
      done()
    },
  })
  const settings = readSettings(Type.Object({ ...serviceVariables, ...observabilityVariables }), {
    ...environment,
    ...variables,
  })
  const observability = createObservability({ service: 'shop', version: '1.2.3', settings, destination })
  const app = await createApp({
    name: 'shop',
    version: '1.2.3',
    description: 'Sells things',
    settings,
    maskedSettings: { PORT: 3000, DATABASE_URL: '***' },
    observability,
    verify,
    readiness: {},
    routes,
    ...rest,
  })
  return { app, lines, observability }
}

export const as = (token: string) => ({ authorization: `Bearer ${token}` })
