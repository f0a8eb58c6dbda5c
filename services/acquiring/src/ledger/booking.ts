import { negate, type Money } from '@slipway/contracts/primitives'

/**
 * Accounts and how they are used, from the shop's point of view. A capture is no revenue yet: until the goods are
 * delivered the shop owes them or the money (contract liability, IFRS 15.106), and delivery is not known here.
 */
export interface Account {
  readonly code: string
  readonly kind: 'asset' | 'liability' | 'expense' | 'revenue'
  readonly meaning: string
}

export const atProvider = (provider: string): Account => ({
  code: `provider:${provider}`,
  kind: 'asset',
  meaning: `Money that ${provider} holds for us`,
})
export const customers: Account = {
  code: 'customers',
  kind: 'liability',
  meaning: 'Paid by customers, owed to them until their goods are delivered',
}
export const unmatched: Account = {
  code: 'unmatched',
  kind: 'liability',
  meaning: 'Received, but not what a payment was for; to be given back',
}
export const chargebacks: Account = {
  code: 'chargebacks',
  kind: 'expense',
  meaning: 'Taken back through the payers’ banks',
}

export const fees: Account = { code: 'fees', kind: 'expense', meaning: 'Kept by payment providers for their work' }

export interface Entry {
  readonly account: Account
  /** Debit is positive, credit negative. */
  readonly amount: Money
}

/** One transaction of the ledger. `reference` names what it books: each thing is booked once. */
export interface Booking {
  readonly kind: 'capture' | 'refund' | 'chargeback' | 'fee'
  readonly reference: string
  readonly refundId?: string
  readonly entries: readonly Entry[]
}

const transfer = (debit: Account, credit: Account, amount: Money): readonly Entry[] => [
  { account: debit, amount },
  { account: credit, amount: negate(amount) },
]

interface Booked {
  readonly id: string
  readonly provider: string
  readonly mismatched: boolean
}

/** Whom money of a payment belongs to. */
const owner = ({ mismatched }: Booked) => (mismatched ? unmatched : customers)

export const captureBooking = (payment: Booked, amount: Money): Booking => ({
  kind: 'capture',
  reference: `capture:${payment.id}`,
  entries: transfer(atProvider(payment.provider), owner(payment), amount),
})

export const refundBooking = (payment: Booked, refund: { id: string; amount: Money }): Booking => ({
  kind: 'refund',
  reference: `refund:${refund.id}`,
  refundId: refund.id,
  entries: transfer(owner(payment), atProvider(payment.provider), refund.amount),
})

export const chargebackBooking = (payment: Booked, amount: Money): Booking => ({
  kind: 'chargeback',
  reference: `chargeback:${payment.id}`,
  entries: transfer(payment.mismatched ? unmatched : chargebacks, atProvider(payment.provider), amount),
})

/** What the provider kept, as its settlement says; a negative fee was given back. */
export const feeBooking = (provider: string, lineId: string, fee: Money): Booking => ({
  kind: 'fee',
  reference: `fee:${provider}:${lineId}`,
  entries: transfer(fees, atProvider(provider), fee),
})
