/** Steps of a checkout whose cart is paid, by the service that takes them. A process can die before and after each. */
const paying = {
  acquiring: [
    'key claimed',
    'checkout begun',
    'cart asked',
    'payment kept',
    'page asked',
    'page kept',
    'answer kept',
    'webhook taken in',
    'announcement published',
  ],
  cart: ['cart locked', 'cart paid'],
} as const

/** And of one whose money has to go back, because its cart was given away meanwhile. */
const refused = {
  cart: ['payment rejected', 'announcement published'], // the first of cart's that anybody here waits for
  acquiring: ['refund asked', 'refund made', 'refund booked'],
} as const

export type Journey = 'paid' | 'refused'

export interface KillPoint {
  readonly service: 'acquiring' | 'cart'
  readonly at: string
  readonly journey: Journey
}

const around = (journey: Journey, steps: Partial<Record<KillPoint['service'], readonly string[]>>): KillPoint[] =>
  (['acquiring', 'cart'] as const).flatMap((service) =>
    (steps[service] ?? []).flatMap((step) =>
      ['before', 'after'].map((side) => ({ service, at: `${side} ${step}`, journey })),
    ),
  )

export const killPoints: readonly KillPoint[] = [...around('paid', paying), ...around('refused', refused)]

/** What a process is told, as JSON in its first argument. */
export interface Orders {
  readonly services: readonly {
    readonly name: string
    readonly port: number
    readonly environment: Readonly<Record<string, string>>
  }[]
  /** Dies here the first time that it comes by; never without. */
  readonly killAt?: string
}

/** What a statement, or the transaction that it is in, does of all this; the first that fits counts most. */
export const statements: readonly (readonly [step: string, text: RegExp, value?: string])[] = [
  ['webhook taken in', /INSERT INTO provider_events/],
  ['refund booked', /UPDATE refunds SET status/],
  ['refund asked', /INSERT INTO refunds/],
  ['payment kept', /INSERT INTO payments /],
  ['checkout begun', /INSERT INTO checkouts/],
  ['key claimed', /INSERT INTO idempotency_keys/],
  ['answer kept', /UPDATE idempotency_keys SET status/],
  ['page kept', /UPDATE payments SET provider_id/],
  ['cart locked', /INSERT INTO messaging.outbox/, 'cart.cart.checked-out.v1'],
  ['cart paid', /INSERT INTO messaging.outbox/, 'cart.cart.paid.v1'],
  ['payment rejected', /INSERT INTO messaging.outbox/, 'cart.cart.payment-rejected.v1'],
  ['announcement published', /UPDATE messaging.outbox SET state = 'published'/],
]
