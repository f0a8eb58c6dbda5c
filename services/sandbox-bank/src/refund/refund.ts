import type { Money } from '@slipway/contracts/primitives'
import type { BankRefund } from '@slipway/contracts/sandbox-bank'

export interface Refund {
  readonly id: string
  readonly pageId: string
  readonly amount: Money
  readonly createdAt: Date
}

/** A refund as its merchant sees it. The bank always has the money. */
export const refundView = ({ id, pageId, amount }: Refund): BankRefund => ({ id, pageId, amount, status: 'succeeded' })
