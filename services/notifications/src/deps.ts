import { createDatabase, type Sql } from '@slipway/database'
import type { Platform } from '@slipway/service-kit'
import { PrismaClient, type Prisma } from '../prisma/generated/client.ts'
import { createChannels } from './channel/channels.ts'
import type { Settings } from './config.ts'
import { CrmClient } from './crm/crm.client.ts'
import { noticeStore, type NoticeStore } from './crm/notice.store.ts'
import { erasureStore, type ErasureStore } from './erasure/erasure.store.ts'
import { mailboxStore, type MailboxStore } from './mailbox/mailbox.store.ts'
import { messageStore, type MessageReader, type MessageStore } from './message/message.store.ts'
import { recipientStore, type RecipientReader, type RecipientStore } from './recipient/recipient.store.ts'
import { suppressionStore, type SuppressionStore } from './suppression/suppression.store.ts'
import type { Brand } from './template/templates.ts'

/** One transaction: its stores share a connection. This service announces nothing. */
export interface Tx {
  readonly messages: MessageStore
  readonly suppressions: SuppressionStore
  readonly erasures: ErasureStore
  readonly recipients: RecipientStore
  readonly mailbox: MailboxStore
  readonly notices: NoticeStore
}

export type Deps = ReturnType<typeof buildDeps>

export function buildDeps({ settings, observability, clock, newId, createPool, dispatcher }: Platform<Settings>) {
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const perHour = settings.MESSAGES_PER_HOUR_PER_ADDRESS
  const stores = (prisma: Prisma.TransactionClient, sql: Sql): Tx => ({
    messages: messageStore(sql, { clock, newId, perHour }),
    suppressions: suppressionStore(sql, { clock }),
    erasures: erasureStore(sql, { clock }),
    recipients: recipientStore(prisma),
    mailbox: mailboxStore(prisma, clock),
    notices: noticeStore(sql, { clock }),
  })
  const { messages, recipients, mailbox } = stores(database.prisma, database.sql)
  const channels = createChannels(settings, observability.logger, mailbox)
  const { CRM_URL: baseUrl, CRM_SIGNING_SECRET: secret = '' } = settings
  const crm = baseUrl ? new CrmClient({ baseUrl, secret, clock, observability, dispatcher }) : undefined

  return {
    database,
    settings,
    clock,
    mailbox,
    channels,
    crm,
    messages: messages as MessageReader,
    recipients: recipients as RecipientReader,
    brand: brandOf(settings),
    transaction: <T>(work: (tx: Tx, sql: Sql) => Promise<T>) =>
      database.transaction(({ prisma, sql }) => work(stores(prisma, sql), sql)),
    async close() {
      await Promise.all([crm?.close(), ...Object.values(channels).map((channel) => channel.close())])
    },
  }
}

/** The token is behind the #: browsers send it to no server. */
const brandOf = (settings: Settings): Brand => ({
  product: settings.PRODUCT_NAME,
  verificationPage: settings.EMAIL_VERIFICATION_PAGE || `${settings.PUBLIC_URL}/verify-email#token={token}`,
  resetPage: settings.PASSWORD_RESET_PAGE || `${settings.PUBLIC_URL}/reset-password#token={token}`,
})
