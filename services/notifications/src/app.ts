import { messagingMigrations } from '@slipway/broker'
import { defineService } from '@slipway/service-kit'
import { checkSettings, Settings } from './config.ts'
import { SendNotices } from './crm/send-notices.job.ts'
import { TellCrm } from './crm/tell-crm.job.ts'
import { buildDeps } from './deps.ts'
import { ForgetUser } from './erasure/forget-user.job.ts'
import { listMailboxRoute } from './mailbox/list-mailbox.route.ts'
import { previewTemplateRoute } from './mailbox/preview-template.route.ts'
import { showMailboxRoute } from './mailbox/show-mailbox.route.ts'
import { listNotificationsRoute } from './message/list-notifications.route.ts'
import { Prune } from './message/prune.job.ts'
import { SendPasswordReset, SendVerification } from './message/send-link.job.ts'
import { SendMessages } from './message/send-messages.job.ts'
import { SendReceipt } from './message/send-receipt.job.ts'
import { changePreferencesRoute } from './recipient/change-preferences.route.ts'
import { getPreferencesRoute } from './recipient/get-preferences.route.ts'
import { RememberRecipient } from './recipient/remember-recipient.job.ts'
import { suppressionCommand } from './suppression/suppression.command.ts'

export const notifications = defineService({
  name: 'notifications',
  version: '0.1.0',
  description: 'E-mail, text messages and push when an event says so',
  settings: Settings,
  checkSettings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('../prisma/migrations/', import.meta.url) }],
  buildDeps,

  routes(app, deps) {
    app.register(getPreferencesRoute, { deps })
    app.register(changePreferencesRoute, { deps })
    app.register(listNotificationsRoute, { deps })

    if (deps.settings.MAIL_TRANSPORT === 'mailbox') {
      app.register(listMailboxRoute, { deps })
      app.register(showMailboxRoute, { deps })
      app.register(previewTemplateRoute, { deps })
    }
  },

  jobs: ({ crm }) => [
    new RememberRecipient(),
    new SendVerification(),
    new SendPasswordReset(),
    new SendReceipt(),
    new ForgetUser(),
    ...(crm ? [new TellCrm()] : []),
  ],

  periodicJobs: ({ crm, ...deps }) => [
    new SendMessages(deps),
    new Prune(deps),
    ...(crm ? [new SendNotices({ ...deps, crm })] : []),
  ],
  commands: (deps) => ({ suppression: suppressionCommand(deps) }),
})
