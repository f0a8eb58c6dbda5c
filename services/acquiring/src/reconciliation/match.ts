import type { Difference } from '@slipway/contracts/acquiring'
import { sameMoney, type Money } from '@slipway/contracts/primitives'
import type { SettlementLine } from '../provider/payment-provider.ts'

/** What the ledger says that moved at the provider. */
export interface Booked {
  readonly reference: string
  readonly paymentId?: string
  readonly amount: Money
  readonly at: Date
}

export type NewDifference = Pick<Difference, 'kind' | 'reference' | 'paymentId' | 'expected' | 'actual'>

/** What the ledger would call a line, or undefined when nothing of ours moves so. */
export function referenceOf({ kind, refundId }: SettlementLine, paymentId: string | undefined): string | undefined {
  if (kind === 'refund') return refundId && `refund:${refundId}`
  if (paymentId === undefined) return undefined
  if (kind === 'charge') return `capture:${paymentId}`
  return kind === 'chargeback' ? `chargeback:${paymentId}` : undefined
}

interface Told {
  readonly line: SettlementLine
  readonly paymentId?: string
  readonly booked?: Booked
  /** It was reported as missing before. */
  readonly wasMissing: boolean
  /** Settled later than this after it was booked, it is late. */
  readonly lateAfterMs: number
}

/** What is not as the ledger has it; undefined when all is well. */
export function differenceOf({ line, paymentId, booked, wasMissing, lateAfterMs }: Told): NewDifference | undefined {
  const { id, amount, at } = line
  if (!booked) return { kind: 'extra', reference: `line:${id}`, paymentId, expected: null, actual: amount }
  const facts = { reference: booked.reference, paymentId: booked.paymentId, expected: booked.amount, actual: amount }
  if (amount.currency !== booked.amount.currency) return { kind: 'currency', ...facts }
  if (!sameMoney(amount, booked.amount)) return { kind: 'amount', ...facts }
  const late = wasMissing || at.getTime() - booked.at.getTime() > lateAfterMs
  return late ? { kind: 'late', ...facts } : undefined
}
