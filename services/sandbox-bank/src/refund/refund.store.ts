import { isUniqueViolation } from '@slipway/database'
import { IdempotencyKeyReused } from '../merchant/errors.ts'
import type { Idempotency } from '../merchant/idempotency.ts'
import type { PrismaTransaction } from '../page/page.store.ts'
import type { Refund } from './refund.ts'

/** Refunds inside a transaction that holds their page. */
export class RefundStore {
  readonly #refunds: PrismaTransaction['prisma']['refund']

  constructor({ prisma }: PrismaTransaction) {
    this.#refunds = prisma.refund
  }

  async byKey(idempotencyKey: string): Promise<{ refund: Refund; fingerprint: string } | undefined> {
    const row = await this.#refunds.findUnique({ where: { idempotencyKey } })
    if (!row) return undefined
    const { id, pageId, createdAt, fingerprint } = row
    const refund = { id, pageId, amount: { amount: Number(row.amount), currency: row.currency }, createdAt }
    return { refund, fingerprint }
  }

  /** @throws IdempotencyKeyReused when a refund of another page took the key meanwhile */
  async add({ id, pageId, amount, createdAt }: Refund, { key, fingerprint }: Idempotency): Promise<void> {
    const money = { amount: BigInt(amount.amount), currency: amount.currency }
    try {
      await this.#refunds.create({ data: { id, pageId, ...money, createdAt, idempotencyKey: key, fingerprint } })
    } catch (error) {
      throw isUniqueViolation(error, 'idempotency_key') ? new IdempotencyKeyReused() : error
    }
  }
}
