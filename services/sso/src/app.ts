import cookie from '@fastify/cookie'
import { messagingMigrations } from '@slipway/broker'
import { defineService, type App } from '@slipway/service-kit'
import manifest from '../package.json' with { type: 'json' }
import { storeClientSecrets } from './client/store-client-secrets.ts'
import { checkSettings, Settings } from './config.ts'
import { buildDeps, type Deps } from './deps.ts'
import { endSessionRoute } from './session/end-session.route.ts'
import { endSessionsRoute } from './session/end-sessions.route.ts'
import { listSessionsRoute } from './session/list-sessions.route.ts'
import { logInRoute } from './session/log-in.route.ts'
import { logOutRoute } from './session/log-out.route.ts'
import { Prune } from './session/prune.job.ts'
import { refreshSessionRoute } from './session/refresh-session.route.ts'
import { jwksRoute } from './signing-key/jwks.route.ts'
import { metadataRoute } from './token/metadata.route.ts'
import { oauthScope } from './token/oauth-scope.ts'
import { tokenRoute } from './token/token.route.ts'
import { getMeRoute } from './user/get-me.route.ts'
import { registerUserRoute } from './user/register-user.route.ts'
import { seedUsers } from './user/seed-users.ts'
import { updateMeRoute } from './user/update-me.route.ts'

/** Users, sessions, roles, signing keys; user, service and delegated tokens. */
export const sso = defineService({
  name: 'sso',
  version: manifest.version,
  description: manifest.description,
  settings: Settings,
  checkSettings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('../prisma/migrations/', import.meta.url) }],
  buildDeps,
  keys: ({ signingKeys }) => signingKeys.verification,

  async prepare(deps) {
    await deps.signingKeys.ensure()
    await storeClientSecrets(deps)
    await seedUsers(deps)
  },

  async routes(app, deps) {
    await app.register(registerUserRoute, { deps })
    await app.register(getMeRoute, { deps })
    await app.register(updateMeRoute, { deps })
    await app.register(sessionRoutes, { deps })
    await app.register(oauthRoutes, { deps })
    await app.register(jwksRoute, { deps })
    await app.register(metadataRoute, { deps })
  },

  periodicJobs: (deps) => [new Prune(deps)],
})

/** Only these read and write the cookie. */
async function sessionRoutes(app: App, { deps }: { deps: Deps }) {
  await app.register(cookie)
  await app.register(logInRoute, { deps })
  await app.register(refreshSessionRoute, { deps })
  await app.register(logOutRoute, { deps })
  await app.register(listSessionsRoute, { deps })
  await app.register(endSessionsRoute, { deps })
  await app.register(endSessionRoute, { deps })
}

/** Only these take forms and answer OAuth errors. */
async function oauthRoutes(app: App, { deps }: { deps: Deps }) {
  await oauthScope(app)
  await app.register(tokenRoute, { deps })
}
