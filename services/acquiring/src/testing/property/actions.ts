import fc from 'fast-check'
import { minute } from '../samples.ts'

const second = 1_000

/** What may happen, in any order. Numbers choose among what is there: carts, payments, webhooks, events. */
export type Action =
  | { readonly do: 'pay'; readonly cart: number; readonly again: boolean }
  | { readonly do: 'at the bank'; readonly page: number; readonly what: BankAct }
  | { readonly do: 'webhook'; readonly which: number; readonly how: 'delivered' | 'kept' | 'lost' }
  | { readonly do: 'event'; readonly which: number; readonly kept: boolean }
  | { readonly do: 'cancel'; readonly page: number }
  | { readonly do: 'capture'; readonly page: number; readonly part: number }
  | { readonly do: 'refund'; readonly page: number; readonly part: number; readonly again: boolean }
  | { readonly do: 'job'; readonly which: Job }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'bank is'; readonly mood: 'well' | 'down' | 'losing answers' }
  | { readonly do: 'cart is'; readonly mood: 'well' | 'losing answers' }
  | { readonly do: 'cart vanishes'; readonly cart: number }

/** `late` is money for a page that was declined or canceled; `wrong` is another amount. */
export type BankAct = 'paid' | 'declined' | 'charged back' | 'late' | 'wrong'
export type Job = 'settle' | 'settle after a start' | 'refunds' | 'carts' | 'reconcile'

/** After so many steps of it the process is killed, or something else happens meanwhile. */
export type Cut = { readonly after: number; readonly by: 'kill' | Action }

export interface Scenario {
  readonly manual: boolean
  readonly actions: readonly (Action & { readonly cut?: Cut })[]
  /** What becomes of webhooks that nobody has decided on: in the end there is none left. */
  readonly rest: 'delivered' | 'lost'
}

const few = fc.nat({ max: 3 })
const some = fc.nat({ max: 7 })
const one = fc.constantFrom
const when = <const Name extends Action['do'], Facts extends object>(name: Name, facts: fc.Arbitrary<Facts>) =>
  facts.map((known) => ({ do: name, ...known }) as unknown as Extract<Action, { do: Name }>)

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: when('pay', fc.record({ cart: fc.nat({ max: 2 }), again: fc.boolean() })) },
  {
    weight: 7,
    arbitrary: when(
      'at the bank',
      fc.record({ page: few, what: one<BankAct>('paid', 'paid', 'paid', 'declined', 'charged back', 'late', 'wrong') }),
    ),
  },
  {
    weight: 7,
    arbitrary: when(
      'webhook',
      fc.record({ which: few, how: one<'delivered' | 'kept' | 'lost'>('delivered', 'delivered', 'kept', 'lost') }),
    ),
  },
  { weight: 4, arbitrary: when('event', fc.record({ which: few, kept: fc.boolean() })) },
  { weight: 2, arbitrary: when('cancel', fc.record({ page: few })) },
  { weight: 3, arbitrary: when('capture', fc.record({ page: few, part: few })) },
  { weight: 3, arbitrary: when('refund', fc.record({ page: few, part: few, again: fc.boolean() })) },
  {
    weight: 6,
    arbitrary: when(
      'job',
      fc.record({ which: one<Job>('settle', 'settle after a start', 'refunds', 'carts', 'reconcile') }),
    ),
  },
  {
    weight: 3,
    arbitrary: when('wait', fc.record({ ms: one(second, 6 * second, 61 * second, 31 * minute, 145 * 60 * minute) })),
  },
  {
    weight: 2,
    arbitrary: when(
      'bank is',
      fc.record({ mood: one<'well' | 'down' | 'losing answers'>('well', 'well', 'down', 'losing answers') }),
    ),
  },
  {
    weight: 1,
    arbitrary: when('cart is', fc.record({ mood: one<'well' | 'losing answers'>('well', 'losing answers') })),
  },
  { weight: 1, arbitrary: when('cart vanishes', fc.record({ cart: fc.nat({ max: 2 }) })) },
)

const cut: fc.Arbitrary<Cut> = fc.record({ after: some, by: fc.oneof(one('kill' as const), action) })

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  manual: fc.boolean(),
  rest: one('delivered', 'lost'),
  actions: fc.array(
    fc.tuple(action, fc.option(cut, { freq: 3, nil: undefined })).map(([act, by]) => (by ? { ...act, cut: by } : act)),
    { minLength: 3, maxLength: 16, size: 'max' },
  ),
})
