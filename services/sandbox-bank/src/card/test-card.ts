/** What a test card does when it pays. */
export type CardBehaviour =
  | { kind: 'pays' }
  | { kind: 'declines'; declineCode: string }
  | { kind: 'asks-for-confirmation' }
  | { kind: 'pays-and-is-charged-back' }

export interface TestCard {
  readonly number: string
  readonly behaviour: CardBehaviour
  /** For people. */
  readonly meaning: string
}

/** Numbers as providers publish them for tests: no real card has them. */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', behaviour: { kind: 'pays' }, meaning: 'Pays' },
  {
    number: '4000000000000002',
    behaviour: { kind: 'declines', declineCode: 'card_declined' },
    meaning: 'Is declined',
  },
  {
    number: '4000000000009995',
    behaviour: { kind: 'declines', declineCode: 'insufficient_funds' },
    meaning: 'Has insufficient funds',
  },
  {
    number: '4000002500003155',
    behaviour: { kind: 'asks-for-confirmation' },
    meaning: 'Asks you to confirm first',
  },
  {
    number: '4000000000000259',
    behaviour: { kind: 'pays-and-is-charged-back' },
    meaning: 'Pays, then is charged back',
  },
]

/** `4242 4242 4242 4242` */
export const grouped = (number: string) => number.replace(/(\d{4})(?=\d)/g, '$1 ')
