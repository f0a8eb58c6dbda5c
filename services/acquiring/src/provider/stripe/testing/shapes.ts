// Longer than other files: Stripe's objects as its API answers them, field by field.
// Shapes: https://docs.stripe.com/api, version 2026-10-28.

export interface Session {
  id: string
  reference: string
  amount: number
  currency: string
  status: 'open' | 'complete' | 'expired'
  captureMethod: string
  created: number
  successUrl: string
  intent?: Intent
}

export interface Intent {
  id: string
  status: 'requires_payment_method' | 'processing' | 'requires_capture' | 'succeeded' | 'canceled'
  amount: number
  currency: string
  received: number
  captureMethod: string
  reference: string
  created: number
  chargeId?: string
  disputed: boolean
  refunded: number
  declined?: string
}

export interface Refund {
  id: string
  intent: Intent
  amount: number
  status: string
  metadata: Record<string, string>
  created: number
}

const page = 'https://checkout.stripe.com/c/pay'

export const sessionShape = (session: Session, expanded: boolean) => ({
  id: session.id,
  object: 'checkout.session',
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  amount_subtotal: session.amount,
  amount_total: session.amount,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: session.successUrl,
  client_reference_id: session.reference,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  created: session.created,
  currency: session.currency,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer: null,
  customer_creation: 'if_required',
  customer_details: session.intent && { address: null, email: 'payer@example.com', name: null, phone: null },
  customer_email: null,
  discounts: [],
  expires_at: session.created + 86_400,
  invoice: null,
  livemode: false,
  locale: null,
  metadata: { paymentId: session.reference },
  mode: 'payment',
  payment_intent: session.intent ? (expanded ? intentShape(session.intent) : session.intent.id) : null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'],
  payment_status: session.intent?.status === 'succeeded' ? 'paid' : 'unpaid',
  phone_number_collection: { enabled: false },
  recovered_from: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: session.status,
  submit_type: null,
  subscription: null,
  success_url: session.successUrl,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted',
  url: session.status === 'open' ? `${page}/${session.id}#fidkdWxOYHwnPyd1blpxYHZxWjA0` : null,
})

export const intentShape = (intent: Intent) => ({
  id: intent.id,
  object: 'payment_intent',
  amount: intent.amount,
  amount_capturable: intent.status === 'requires_capture' ? intent.amount : 0,
  amount_details: { tip: {} },
  amount_received: intent.received,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: intent.status === 'canceled' ? intent.created : null,
  cancellation_reason: null,
  capture_method: intent.captureMethod,
  client_secret: `${intent.id}_secret_YrKJUKribcBjcG8HVhfZluoGH`,
  confirmation_method: 'automatic',
  created: intent.created,
  currency: intent.currency,
  customer: null,
  description: null,
  last_payment_error: intent.declined
    ? { type: 'card_error', code: 'card_declined', decline_code: intent.declined, message: 'Your card was declined.' }
    : null,
  latest_charge: intent.chargeId ? chargeShape(intent) : null,
  livemode: false,
  metadata: { paymentId: intent.reference },
  next_action: null,
  on_behalf_of: null,
  payment_method: intent.chargeId ? 'pm_1MtwBwLkdIwHu7ixUEgbFdYF' : null,
  payment_method_options: { card: { installments: null, mandate_options: null, network: null } },
  payment_method_types: ['card'],
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: intent.status,
  transfer_data: null,
  transfer_group: null,
})

export const chargeShape = (intent: Intent) => ({
  id: intent.chargeId,
  object: 'charge',
  amount: intent.amount,
  amount_captured: intent.received,
  amount_refunded: intent.refunded,
  balance_transaction: intent.received ? `txn_${intent.chargeId}` : null,
  billing_details: { address: null, email: 'payer@example.com', name: null, phone: null },
  calculated_statement_descriptor: 'SLIPWAY STORE',
  captured: intent.received > 0,
  created: intent.created,
  currency: intent.currency,
  customer: null,
  disputed: intent.disputed,
  failure_code: null,
  failure_message: null,
  fraud_details: {},
  livemode: false,
  metadata: { paymentId: intent.reference },
  outcome: { network_status: 'approved_by_network', risk_level: 'normal', seller_message: 'Payment complete.' },
  paid: true,
  payment_intent: intent.id,
  payment_method: 'pm_1MtwBwLkdIwHu7ixUEgbFdYF',
  payment_method_details: { card: { brand: 'visa', country: 'US', funding: 'credit', last4: '4242' }, type: 'card' },
  receipt_url: 'https://pay.stripe.com/receipts/payment/CAcaFwoVYWNjdF8x',
  refunded: intent.refunded === intent.received,
  status: 'succeeded',
})

export const refundShape = ({ id, intent, amount, status, metadata, created }: Refund) => ({
  id,
  object: 'refund',
  amount,
  balance_transaction: `txn_${id}`,
  charge: intent.chargeId,
  created,
  currency: intent.currency,
  destination_details: {
    card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
  },
  metadata,
  payment_intent: intent.id,
  reason: null,
  receipt_number: null,
  source_transfer_reversal: null,
  status,
  transfer_reversal: null,
})

export const disputeShape = (intent: Intent, status = 'needs_response') => ({
  id: `du_${intent.id}`,
  object: 'dispute',
  amount: intent.received - intent.refunded,
  balance_transactions: [],
  charge: intent.chargeId,
  created: intent.created,
  currency: intent.currency,
  evidence: {},
  evidence_details: { due_by: intent.created + 604_800, has_evidence: false, past_due: false, submission_count: 0 },
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: intent.id,
  reason: 'fraudulent',
  status,
})

export const listShape = (url: string, data: readonly object[], hasMore = false) => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
})

export const balanceShape = (id: string, type: string, source: { amount: number; currency: string }, more: object) => ({
  id,
  object: 'balance_transaction',
  amount: source.amount,
  available_on: 0,
  currency: source.currency,
  description: null,
  exchange_rate: null,
  fee: 0,
  fee_details: [],
  net: source.amount,
  reporting_category: type,
  status: 'available',
  type,
  ...more,
})

export const errorShape = (type: string, code: string, message: string) => ({
  error: { type, code, message, doc_url: `https://stripe.com/docs/error-codes/${code}` },
})
