import { Type, type Static } from 'typebox'
import { Id, Money, Page, StrictObject, Time } from '../primitives/index.ts'
import { differenceKinds } from './events.ts'

export const paymentStatuses = [
  'created',
  'requires_action',
  'authorized',
  'captured',
  'partially_refunded',
  'refunded',
  'charged_back',
  'failed',
  'canceled',
  'expired',
  'unknown',
] as const
export const PaymentStatus = Type.Enum([...paymentStatuses])
export type PaymentStatus = (typeof paymentStatuses)[number]

export const NewPayment = StrictObject({
  cartId: Id,
  returnUrl: Type.Optional(
    Type.String({ format: 'uri', maxLength: 2_000, description: 'Where the payer comes back to' }),
  ),
})
export type NewPayment = Static<typeof NewPayment>

export const Payment = Type.Object({
  id: Id,
  cartId: Id,
  status: PaymentStatus,
  amount: Money,
  captured: Type.Optional(Type.Object(Money.properties, { description: 'What was taken; absent until then' })),
  refunded: Type.Optional(Type.Object(Money.properties, { description: 'What was given back; absent until then' })),
  nextAction: Type.Optional(
    Type.Object(
      { type: Type.Literal('redirect'), url: Type.String() },
      { description: 'What the payer has to do; only while the status is requires_action' },
    ),
  ),
  failureCode: Type.Optional(Type.String({ description: 'Why the payment failed, such as insufficient_funds' })),
  createdAt: Time,
})
export type Payment = Static<typeof Payment>

export const PaymentPage = Page(Payment)

const PositiveMoney = StrictObject({
  amount: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Minor units' }),
  currency: Money.properties.currency,
})

/** All that is authorised when there is no amount; what is not taken is let go. */
export const NewCapture = StrictObject({ amount: Type.Optional(PositiveMoney) })
export type NewCapture = Static<typeof NewCapture>

/** All that is left of the payment when there is no amount. */
export const NewRefund = StrictObject({
  amount: Type.Optional(PositiveMoney),
  reason: Type.String({
    maxLength: 500,
    pattern: '^(?=.*\\S)\\P{Cc}+$',
    description: 'For the books; the payer does not see it',
  }),
})
export type NewRefund = Static<typeof NewRefund>

export const RefundStatus = Type.Enum(['pending', 'succeeded', 'failed'])
export type RefundStatus = Static<typeof RefundStatus>

export const Refund = Type.Object({
  id: Id,
  paymentId: Id,
  amount: Money,
  status: RefundStatus,
  reason: Type.String(),
  createdAt: Time,
})
export type Refund = Static<typeof Refund>

export const RefundPage = Page(Refund)

export const LedgerAccount = Type.Object({
  code: Type.String(),
  kind: Type.Enum(['asset', 'liability', 'expense', 'revenue']),
  meaning: Type.String(),
  balances: Type.Array(Money, { description: 'One for each currency; debit is positive, credit negative' }),
})
export type LedgerAccount = Static<typeof LedgerAccount>
export const LedgerAccountPage = Page(LedgerAccount)

export const LedgerTransaction = Type.Object({
  id: Id,
  reference: Type.String({ description: 'What it books, once' }),
  kind: Type.String(),
  paymentId: Type.Optional(Id),
  refundId: Type.Optional(Id),
  at: Time,
  entries: Type.Array(Type.Object({ account: Type.String(), amount: Money }), {
    description: 'They sum to zero in each currency; debit is positive, credit negative',
  }),
})
export type LedgerTransaction = Static<typeof LedgerTransaction>
export const LedgerTransactionPage = Page(LedgerTransaction)

export const Difference = Type.Object({
  id: Id,
  reconciliationId: Id,
  kind: Type.Enum([...differenceKinds]),
  reference: Type.String({ description: 'What the ledger calls it, or `line:` and the provider’s id of it' }),
  paymentId: Type.Optional(Id),
  expected: Type.Union([Money, Type.Null()]),
  actual: Type.Union([Money, Type.Null()]),
  foundAt: Time,
})
export type Difference = Static<typeof Difference>
export const DifferencePage = Page(Difference)

/** One period of one provider; the first of its differences are shown with it. */
export const Reconciliation = Type.Object({
  id: Id,
  provider: Type.String(),
  from: Time,
  to: Time,
  status: Type.Enum(['running', 'completed']),
  lines: Type.Integer({ description: 'Movements of money that the provider told of' }),
  matched: Type.Integer({ description: 'Those that the ledger has just so' }),
  fees: Type.Array(Money, { description: 'What the provider kept; one for each currency' }),
  differenceCount: Type.Integer(),
  differences: Type.Array(Difference, { description: 'At most 20; the rest at /differences' }),
  startedAt: Time,
  completedAt: Type.Optional(Time),
})
export type Reconciliation = Static<typeof Reconciliation>
export const ReconciliationPage = Page(Reconciliation)
