import cookie from '@fastify/cookie'
import { messagingMigrations } from '@slipway/broker'
import { defineService, type App } from '@slipway/service-kit'
import manifest from '../package.json' with { type: 'json' }
import { listAuditRoute } from './audit/list-audit.route.ts'
import { clientCommand } from './client/client.command.ts'
import { settleClients } from './client/settle-clients.ts'
import { checkSettings, Settings } from './config.ts'
import { buildDeps, type Deps } from './deps.ts'
import { confirmEmailRoute } from './email/confirm-email.route.ts'
import { requestVerificationRoute } from './email/request-verification.route.ts'
import { changePasswordRoute } from './password/change-password.route.ts'
import { confirmResetRoute } from './password/confirm-reset.route.ts'
import { requestResetRoute } from './password/request-reset.route.ts'
import { endSessionRoute } from './session/end-session.route.ts'
import { endSessionsRoute } from './session/end-sessions.route.ts'
import { listSessionsRoute } from './session/list-sessions.route.ts'
import { logInRoute } from './session/log-in.route.ts'
import { logOutRoute } from './session/log-out.route.ts'
import { Prune } from './session/prune.job.ts'
import { refreshSessionRoute } from './session/refresh-session.route.ts'
import { ensureKeys } from './signing-key/key-rotation.ts'
import { keyCommand } from './signing-key/key.command.ts'
import { jwksRoute } from './signing-key/jwks.route.ts'
import { RotateKeys } from './signing-key/rotate-keys.job.ts'
import { introspectRoute } from './token/introspect.route.ts'
import { metadataRoute } from './token/metadata.route.ts'
import { oauthScope } from './token/oauth-scope.ts'
import { revokeRoute } from './token/revoke.route.ts'
import { tokenRoute } from './token/token.route.ts'
import { addAvatarRoute } from './user/add-avatar.route.ts'
import { deleteMeRoute } from './user/delete-me.route.ts'
import { DeleteReplacedAvatars } from './user/delete-replaced-avatars.job.ts'
import { getMeRoute } from './user/get-me.route.ts'
import { getUserRoute } from './user/get-user.route.ts'
import { KeepAvatar } from './user/keep-avatar.job.ts'
import { listUsersRoute } from './user/list-users.route.ts'
import { registerUserRoute } from './user/register-user.route.ts'
import { seedUsers } from './user/seed-users.ts'
import { setRolesRoute } from './user/set-roles.route.ts'
import { unlockUserRoute } from './user/unlock-user.route.ts'
import { updateMeRoute } from './user/update-me.route.ts'
import { updateUserRoute } from './user/update-user.route.ts'
import { userCommand } from './user/user.command.ts'

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
    await ensureKeys(deps)
    await deps.signingKeys.load()
    await settleClients(deps)
    await seedUsers(deps)
  },

  async routes(app, deps) {
    await app.register(registerUserRoute, { deps })
    await app.register(getMeRoute, { deps })
    await app.register(updateMeRoute, { deps })
    await app.register(addAvatarRoute, { deps })
    await app.register(changePasswordRoute, { deps })
    await app.register(requestVerificationRoute, { deps })
    await app.register(confirmEmailRoute, { deps })
    await app.register(requestResetRoute, { deps })
    await app.register(confirmResetRoute, { deps })

    await app.register(listUsersRoute, { deps })
    await app.register(getUserRoute, { deps })
    await app.register(updateUserRoute, { deps })
    await app.register(setRolesRoute, { deps })
    await app.register(unlockUserRoute, { deps })
    await app.register(listAuditRoute, { deps })

    await app.register(sessionRoutes, { deps })
    await app.register(oauthRoutes, { deps })
    await app.register(jwksRoute, { deps })
    await app.register(metadataRoute, { deps })
  },

  jobs: () => [new KeepAvatar()],

  periodicJobs: (deps) => [new Prune(deps), new RotateKeys(deps), new DeleteReplacedAvatars(deps)],
  commands: (deps) => ({ client: clientCommand(deps), key: keyCommand(deps), user: userCommand(deps) }),
})

/** Only these read and write the cookie. */
async function sessionRoutes(app: App, { deps }: { deps: Deps }) {
  await app.register(cookie)
  await app.register(deleteMeRoute, { deps })
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
  await app.register(introspectRoute, { deps })
  await app.register(revokeRoute, { deps })
}
