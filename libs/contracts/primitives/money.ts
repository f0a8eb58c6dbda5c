import { AppError } from '@slipway/errors'
import { Type, type Static } from 'typebox'

/** Minor units of one currency: `{ amount: 1250, currency: 'USD' }` is $12.50. Never a float. */
export const Money = Type.Object({
  amount: Type.Integer({
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Minor units',
  }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
})
export type Money = Static<typeof Money>

export class CurrencyMismatch extends AppError {
  readonly code = 'CURRENCY_MISMATCH'
  readonly status = 409
  constructor(left: string, right: string) {
    super(`Amounts in ${left} and ${right} cannot be combined`)
  }
}

export class AmountTooLarge extends AppError {
  readonly code = 'AMOUNT_TOO_LARGE'
  readonly status = 409
  constructor() {
    super('The amount is larger than can be handled')
  }
}

/** @throws AmountTooLarge past the integers that a number holds exactly */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new AmountTooLarge()
  return { amount, currency }
}

/** @throws CurrencyMismatch, AmountTooLarge */
export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency)
  return money(left.amount + right.amount, left.currency)
}

/** @throws AmountTooLarge; TypeError when `times` is no integer */
export function multiply({ amount, currency }: Money, times: number): Money {
  if (!Number.isInteger(times)) throw new TypeError('Money is multiplied by integers only')
  return money(amount * times, currency)
}

export const sameMoney = (left: Money, right: Money) => left.amount === right.amount && left.currency === right.currency

/** Text for people, with the currency's own number of decimals (ISO 4217: JPY 0, KWD 3). */
export function formatMoney({ amount, currency }: Money, locale = 'en-US'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return format.format(`${amount < 0 ? '-' : ''}${decimal}` as Intl.StringNumericLiteral)
}
