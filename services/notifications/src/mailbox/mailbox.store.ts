import type { Mail } from '@slipway/contracts/notifications'
import type { Clock } from '@slipway/service-kit'
import type { MailboxMail, Prisma } from '../../prisma/generated/client.ts'
import type { Outgoing } from '../channel/channel.ts'

export interface MailboxStore {
  /** Again with the same id changes nothing. */
  put(mail: Outgoing): Promise<void>
  find(id: string): Promise<Mail | undefined>
  /** Newest first; of one address unless it is absent. */
  list(limit: number, filter: { to?: string; before?: string }): Promise<Mail[]>
  remove(ids: readonly string[]): Promise<void>
}

export function mailboxStore(
  { mailboxMail }: Pick<Prisma.TransactionClient, 'mailboxMail'>,
  clock: Clock,
): MailboxStore {
  return {
    async put({ id, address, subject, text, html }) {
      const row = { id, to: address, subject, text, html, sentAt: clock.now() }
      await mailboxMail.createMany({ data: [row], skipDuplicates: true })
    },

    async find(id) {
      const row = await mailboxMail.findUnique({ where: { id } })
      return row ? fromRow(row) : undefined
    },

    async list(limit, { to, before }) {
      const where = { ...(to && { to }), ...(before && { id: { lt: before } }) }
      return (await mailboxMail.findMany({ where, orderBy: { id: 'desc' }, take: limit })).map(fromRow)
    },

    async remove(ids) {
      await mailboxMail.deleteMany({ where: { id: { in: [...ids] } } })
    },
  }
}

const fromRow = ({ sentAt, ...row }: MailboxMail): Mail => ({ ...row, sentAt: sentAt.toISOString() })
