import type { Channel, PreferenceChanges } from '@slipway/contracts/notifications'
import type { Prisma, Recipient as Row } from '../../prisma/generated/client.ts'
import { newcomer, type Recipient } from './recipient.ts'

export interface RecipientReader {
  find(userId: string): Promise<Recipient | undefined>
}

/** Within a transaction. */
export interface RecipientStore extends RecipientReader {
  /** The address, unless a later event told another. */
  remember(userId: string, email: string, toldAt: Date): Promise<void>
  /** Keeps what the user wants; the address is not theirs to say. */
  change(userId: string, changes: PreferenceChanges): Promise<Recipient>
  remove(userId: string): Promise<void>
}

export function recipientStore({ recipient }: Pick<Prisma.TransactionClient, 'recipient'>): RecipientStore {
  return {
    async find(userId) {
      const row = await recipient.findUnique({ where: { userId } })
      return row ? fromRow(row) : undefined
    },

    async remember(userId, email, toldAt) {
      const { receipts } = newcomer(userId)
      // in one statement each, so that two events at once do not undo each other
      await recipient.createMany({ data: [{ userId, email, toldAt, receipts }], skipDuplicates: true })
      const older = { OR: [{ toldAt: null }, { toldAt: { lt: toldAt } }] }
      await recipient.updateMany({ where: { userId, ...older }, data: { email, toldAt } })
    },

    async change(userId, changes) {
      // one statement that writes what is given, so that two changes at once do not undo each other
      const create = { ...newcomer(userId), ...changes }
      return fromRow(await recipient.upsert({ where: { userId }, create, update: changes }))
    },

    async remove(userId) {
      await recipient.deleteMany({ where: { userId } })
    },
  }
}

const fromRow = ({ userId, email, receipts, phone, pushToken }: Row): Recipient => ({
  userId,
  email,
  receipts: receipts as Channel[],
  phone,
  pushToken,
})
