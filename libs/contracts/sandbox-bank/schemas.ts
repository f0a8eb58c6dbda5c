import { Type, type Static } from 'typebox'
import { Id, Money, Page, StrictObject, Time } from '../primitives/index.ts'

/** The merchant’s own id of a payment, as a database and a URL can bear it. */
export const Reference = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\p{Cc}\\p{Cs}]+$',
  description: 'The merchant’s own id of the payment',
})
const NewAmount = StrictObject(Money.properties)

/** A hosted payment page: one page charges at most once. */
export const NewPaymentPage = StrictObject({
  reference: Reference,
  amount: NewAmount,
  returnUrl: Type.Optional(Type.String({ format: 'uri', maxLength: 2_000 })),
  capture: Type.Optional(
    Type.Enum(['automatic', 'manual'], {
      description:
        'manual: paying only authorises; the merchant captures, all or a part, or cancels. automatic by default',
    }),
  ),
})
export type NewPaymentPage = Static<typeof NewPaymentPage>

export const pageStatuses = [
  'open',
  'requires_confirmation',
  'authorized',
  'paid',
  'declined',
  'canceled',
  'charged_back',
] as const
export const PageStatus = Type.Enum([...pageStatuses])
export type PageStatus = Static<typeof PageStatus>

export const PaymentPageState = Type.Object({
  id: Id,
  reference: Type.String(),
  amount: Money,
  captured: Money,
  refunded: Money,
  status: PageStatus,
  declineCode: Type.Optional(Type.String()),
  url: Type.String(),
  createdAt: Time,
})
export type PaymentPageState = Static<typeof PaymentPageState>

export const Card = StrictObject({
  card: Type.String({ pattern: '^[0-9 ]{12,23}$' }),
  expiry: Type.String({ pattern: '^(0[1-9]|1[0-2])/[0-9]{2}$', description: 'MM/YY' }),
  cvc: Type.String({ pattern: '^[0-9]{3,4}$' }),
})
export type Card = Static<typeof Card>

/** The payer’s answer on the confirmation page. */
export const Confirmation = StrictObject({ accept: Type.Boolean() })
export type Confirmation = Static<typeof Confirmation>

/** What became of a payer’s attempt; `returnUrl` is where to send the payer next, with `?reference=` added. */
export const PaymentOutcome = Type.Object({
  status: Type.Enum(['paid', 'authorized', 'declined', 'requires_confirmation']),
  declineCode: Type.Optional(Type.String()),
  returnUrl: Type.Optional(Type.String()),
})
export type PaymentOutcome = Static<typeof PaymentOutcome>

/** What to take of an authorised payment; all of it when there is no amount. The rest is let go. */
export const NewCapture = StrictObject({ amount: Type.Optional(NewAmount) })
export type NewCapture = Static<typeof NewCapture>

export const NewRefund = StrictObject({ pageId: Id, amount: NewAmount })
export type NewRefund = Static<typeof NewRefund>
export const BankRefund = Type.Object({ id: Id, pageId: Id, amount: Money, status: Type.Enum(['succeeded', 'failed']) })
export type BankRefund = Static<typeof BankRefund>

/** One movement of money. What the merchant gets of it is `amount` less `fee`; money that goes back is negative. */
export const SettlementLine = Type.Object({
  id: Id,
  kind: Type.Enum(['charge', 'refund', 'chargeback']),
  pageId: Id,
  reference: Type.String(),
  refundId: Type.Optional(Type.String({ description: 'Of a refund: the merchant’s own key of it' })),
  amount: Money,
  fee: Money,
  at: Time,
})
export type SettlementLine = Static<typeof SettlementLine>
export const SettlementPage = Page(SettlementLine)
export type SettlementPage = Static<typeof SettlementPage>

/** Movements from `from` on and before `to`, which is over. */
export const SettlementQuery = Type.Object({
  from: Time,
  to: Time,
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  cursor: Type.Optional(
    Type.String({
      // milliseconds until the year 5138
      pattern: '^[0-9]{1,14}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      description: '`nextCursor` of the page before',
    }),
  ),
})
export type SettlementQuery = Static<typeof SettlementQuery>

/** How far the bank’s clock is ahead: webhooks, disputes and settlement go by it, signatures do not. */
export const BankClock = StrictObject({ aheadSeconds: Type.Integer({ minimum: 0, maximum: 315_360_000 }) })
export type BankClock = Static<typeof BankClock>

export const webhookTypes = [
  'page.authorized',
  'page.paid',
  'page.declined',
  'page.canceled',
  'page.charged_back',
  'refund.succeeded',
] as const
export type WebhookType = (typeof webhookTypes)[number]

/** Body of a webhook. `sequence` counts up per page, so that a late one can be told from a newer one; `refund` is the one made. */
export const Webhook = Type.Object({
  id: Id,
  type: Type.String(),
  createdAt: Time,
  sequence: Type.Integer(),
  data: PaymentPageState,
  refund: Type.Optional(BankRefund),
})
export type Webhook = Static<typeof Webhook>
