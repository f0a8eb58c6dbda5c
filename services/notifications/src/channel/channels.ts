import type { Channel as Name } from '@slipway/contracts/notifications'
import type { Observability } from '@slipway/observability'
import type { Settings } from '../config.ts'
import type { MailboxStore } from '../mailbox/mailbox.store.ts'
import type { Channel } from './channel.ts'
import { logged } from './logged.ts'
import { smtp } from './smtp.ts'

export type Channels = Readonly<Record<Name, Channel>>

/** The ways out that settings decide. A provider of text messages or push comes in here, in the place of `logged`. */
export function createChannels(settings: Settings, logger: Observability['logger'], mailbox: MailboxStore): Channels {
  const { MAIL_TRANSPORT, SMTP_URL = '', MAIL_FROM, SMTP_CONNECTIONS } = settings
  return {
    email:
      MAIL_TRANSPORT === 'smtp'
        ? smtp({ url: SMTP_URL, from: MAIL_FROM, connections: SMTP_CONNECTIONS })
        : { send: (mail) => mailbox.put(mail), close: async () => {} },
    sms: logged('a text message', logger),
    push: logged('a push message', logger),
  }
}
