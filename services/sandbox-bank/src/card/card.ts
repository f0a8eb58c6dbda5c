import type { Card } from '@slipway/contracts/sandbox-bank'
import { testCards, type CardBehaviour } from './test-card.ts'

/** All that is kept of a card. */
export interface CardSummary {
  readonly brand: string
  readonly last4: string
}

export interface AcceptedCard extends CardSummary {
  readonly behaviour: CardBehaviour
}

export type CardProblemCode =
  'CARD_NUMBER_INVALID' | 'CARD_NOT_SUPPORTED' | 'CARD_EXPIRY_INVALID' | 'CARD_EXPIRED' | 'CARD_CVC_INVALID'

export interface CardProblem {
  readonly field: keyof Card
  readonly code: CardProblemCode
  readonly message: string
}

/** At least one. */
export type CardProblems = readonly [CardProblem, ...CardProblem[]]

/** Judges what a payer typed: the card, or everything that is wrong with it in the order of the fields. */
export function inspectCard({ card, expiry, cvc }: Card, now: Date): AcceptedCard | { problems: CardProblems } {
  const digits = card.replaceAll(' ', '')
  const found = testCards.find(({ number }) => number === digits)
  const problems = [numberProblem(digits, found !== undefined), expiryProblem(expiry, now), cvcProblem(digits, cvc)]
  const [first, ...others] = problems.filter((problem) => problem !== undefined)
  if (first) return { problems: [first, ...others] }
  if (!found) throw new Error('A card without problems is a known one')
  return { brand: brandOf(digits), last4: digits.slice(-4), behaviour: found.behaviour }
}

function numberProblem(digits: string, supported: boolean): CardProblem | undefined {
  if (digits === '') return { field: 'card', code: 'CARD_NUMBER_INVALID', message: 'Enter the card number' }
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits))
    return { field: 'card', code: 'CARD_NUMBER_INVALID', message: 'Check the card number: it is not a valid one' }
  if (supported) return undefined
  return { field: 'card', code: 'CARD_NOT_SUPPORTED', message: 'This is a test page: use one of its test cards' }
}

/** A card is good until the last day of its month. */
function expiryProblem(expiry: string, now: Date): CardProblem | undefined {
  const [, month, year] = /^(0[1-9]|1[0-2])\/(\d{2})$/.exec(expiry) ?? []
  if (!month || !year)
    return { field: 'expiry', code: 'CARD_EXPIRY_INVALID', message: 'Enter the expiry date as MM/YY, such as 09/30' }
  if (Date.UTC(2000 + Number(year), Number(month)) > now.getTime()) return undefined
  return { field: 'expiry', code: 'CARD_EXPIRED', message: 'This card has expired' }
}

function cvcProblem(digits: string, cvc: string): CardProblem | undefined {
  const length = brandOf(digits) === 'American Express' ? 4 : 3
  if (/^\d+$/.test(cvc) && cvc.length === length) return undefined
  return { field: 'cvc', code: 'CARD_CVC_INVALID', message: `Enter the ${length} digits of the security code` }
}

/** ISO/IEC 7812-1, annex B: the check digit. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, character, index) => {
    const digit = Number(character)
    return total + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2)
  }, 0)
  return sum % 10 === 0
}

function brandOf(digits: string): string {
  if (/^4/.test(digits)) return 'Visa'
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'Mastercard'
  return /^3[47]/.test(digits) ? 'American Express' : 'Card'
}
