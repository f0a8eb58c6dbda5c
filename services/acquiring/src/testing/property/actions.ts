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
export type Cut = { readonly after: number; readonly by: 'kill' | readonly Action[] }

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

/** What usually comes one after the other, so that scenarios get far; each step of it may be cut all the same. */
const course = fc.oneof<fc.Arbitrary<readonly Action[]>[]>(
  when('pay', fc.record({ cart: fc.nat({ max: 2 }), again: fc.boolean() })).map((pay) => [pay]),
  fc
    .record({ page: few, part: few, kept: fc.boolean(), manual: fc.boolean() })
    .map(({ page, part, kept, manual }): readonly Action[] => [
      { do: 'at the bank', page, what: 'paid' },
      { do: 'webhook', which: 0, how: kept ? 'kept' : 'delivered' },
      ...(manual ? ([{ do: 'capture', page, part }] as const) : []),
      { do: 'event', which: 0, kept },
    ]),
  fc.record({ page: few, part: few, again: fc.boolean() }).map(({ page, part, again }): readonly Action[] => [
    { do: 'refund', page, part, again },
    { do: 'job', which: 'refunds' },
  ]),
)

const cut: fc.Arbitrary<Cut> = fc.record({
  after: some,
  by: fc.oneof(one('kill' as const), fc.array(action, { minLength: 1, maxLength: 3 })),
})

const first = { do: 'pay', cart: 0, again: false } as const

export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    manual: fc.boolean(),
    rest: one<'delivered' | 'lost'>('delivered', 'lost'),
    courses: fc.array(
      fc.oneof({ weight: 2, arbitrary: action.map((only) => [only]) }, { weight: 3, arbitrary: course }),
      {
        minLength: 4,
        maxLength: 10,
        size: 'max',
      },
    ),
    cuts: fc.array(fc.option(cut, { freq: 2, nil: undefined }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ courses, cuts, ...rest }) => ({
    ...rest,
    actions: [first, ...courses.flat()].map((each, at) => {
      const by = cuts[at % cuts.length]
      return by ? { ...each, cut: by } : each
    }),
  }))
