import type { Money } from '@slipway/contracts/primitives'
import type { PrismaTransaction } from '../page/page.store.ts'

interface NewCharge {
  id: string
  pageId: string
  amount: Money
  fee: Money
  createdAt: Date
  chargeBackDueAt?: Date
}

/** Charges inside a transaction. The database holds one a page. */
export class ChargeStore {
  readonly #charges: PrismaTransaction['prisma']['charge']

  constructor({ prisma }: PrismaTransaction) {
    this.#charges = prisma.charge
  }

  async add({ amount: { amount, currency }, fee, ...charge }: NewCharge): Promise<void> {
    await this.#charges.create({ data: { ...charge, amount: BigInt(amount), fee: BigInt(fee.amount), currency } })
  }

  async chargeBack({ id, pageId, amount, at }: { id: string; pageId: string; amount: Money; at: Date }): Promise<void> {
    const data = { chargeBackId: id, chargedBack: BigInt(amount.amount), chargedBackAt: at }
    await this.#charges.update({ where: { pageId }, data })
  }

  /** The dispute is done with. */
  async settleDispute(pageId: string): Promise<void> {
    await this.#charges.update({ where: { pageId }, data: { chargeBackDueAt: null } })
  }
}
