import { negate } from '@slipway/contracts/primitives'
import type Stripe from 'stripe'
import type { SettlementLine } from '../payment-provider.ts'
import { fromStripe } from './stripe-amount.ts'

/** What has to be known of a line: whose money it is. */
export const expand = ['data.source']

const idOf = (object: string | { id: string } | null) => (typeof object === 'string' ? object : object?.id)

/**
 * A balance transaction (https://docs.stripe.com/reports/balance-transaction-types). The amount is the payer's, in the
 * currency that was paid; the fee is kept in that of the account.
 */
export function toLine(transaction: Stripe.BalanceTransaction): SettlementLine {
  const { id, fee, currency, created } = transaction
  const rest = { id, fee: fromStripe(fee, currency), at: new Date(created * 1_000) }
  const source = transaction.source as { object?: string } | null
  switch (source?.object) {
    case 'charge': {
      const charge = source as Stripe.Charge
      return {
        ...rest,
        kind: 'charge',
        amount: fromStripe(charge.amount_captured, charge.currency),
        reference: charge.metadata['paymentId'],
        chargeId: idOf(charge.payment_intent),
      }
    }
    case 'refund': {
      if (transaction.type.endsWith('failure')) break
      const refund = source as Stripe.Refund
      return {
        ...rest,
        kind: 'refund',
        amount: negate(fromStripe(refund.amount, refund.currency)),
        reference: refund.metadata?.['paymentId'],
        refundId: refund.metadata?.['refundId'],
        chargeId: idOf(refund.payment_intent),
      }
    }
    case 'dispute': {
      if (transaction.amount > 0) break // won: the money came back
      const dispute = source as Stripe.Dispute
      return {
        ...rest,
        kind: 'chargeback',
        amount: negate(fromStripe(dispute.amount, dispute.currency)),
        chargeId: idOf(dispute.payment_intent),
      }
    }
  }
  return { ...rest, kind: 'other', amount: fromStripe(transaction.amount, currency) }
}

/** To the merchant's own bank account: nothing that payments have to do with. */
export const isPayout = ({ type }: Stripe.BalanceTransaction) => type.startsWith('payout')
