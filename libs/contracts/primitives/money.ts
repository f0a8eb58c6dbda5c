import { AppError } from '@slipway/errors'
import { Type, type Static } from 'typebox'
import { exponentOf } from './currency.ts'

// The only file that calculates with amounts: a lint rule refuses it anywhere else.

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

export class AmountNotRepresentable extends AppError {
  readonly code = 'AMOUNT_NOT_REPRESENTABLE'
  readonly status = 409
  constructor(currency: string, digits: number) {
    super(`The amount in ${currency} cannot be told with ${digits} decimals`)
  }
}

/**
 * Minor units of a currency. A string of digits is what PostgreSQL answers for a bigint.
 *
 * @throws AmountTooLarge past the integers that a number holds exactly; UnknownCurrency
 */
export function money(amount: number | bigint | string, currency: string): Money {
  const units = Number(amount)
  if (!Number.isSafeInteger(units) || amount === '') throw new AmountTooLarge()
  exponentOf(currency)
  return { amount: units === 0 ? 0 : units, currency }
}

/** Nothing of a currency. @throws UnknownCurrency */
export const zero = (currency: string): Money => money(0, currency)

/** @throws CurrencyMismatch, AmountTooLarge */
export function add(left: Money, right: Money): Money {
  mustMatch(left, right)
  return money(left.amount + right.amount, left.currency)
}

/** @throws CurrencyMismatch, AmountTooLarge */
export function subtract(left: Money, right: Money): Money {
  mustMatch(left, right)
  return money(left.amount - right.amount, left.currency)
}

export const negate = ({ amount, currency }: Money): Money => money(-amount, currency)

/** @throws AmountTooLarge; TypeError when `times` is no integer */
export function multiply({ amount, currency }: Money, times: number): Money {
  if (!Number.isInteger(times)) throw new TypeError('Money is multiplied by integers only')
  return money(amount * times, currency)
}

/**
 * So many hundredths of a percent, in whole minor units, rounded half up (away from zero): 290 of $10.00 is $0.29.
 *
 * @throws AmountTooLarge; TypeError when `basisPoints` is no integer
 */
export function share({ amount, currency }: Money, basisPoints: number): Money {
  if (!Number.isInteger(basisPoints)) throw new TypeError('A share is told in whole basis points')
  const parts = BigInt(amount) * BigInt(basisPoints)
  const half = parts < 0n ? -5_000n : 5_000n
  return money((parts + half) / 10_000n, currency) // eslint-disable-line no-restricted-syntax -- of BigInts: exact
}

/**
 * Units of the amount where a party counts with another number of decimals than ISO 4217: $12.50 at 3 is 12500.
 *
 * @throws AmountTooLarge; AmountNotRepresentable when digits would be lost
 */
export function unitsAt({ amount, currency }: Money, digits: number): number {
  const shift = digits - exponentOf(currency)
  const factor = 10n ** BigInt(Math.abs(shift))
  if (shift >= 0) return money(BigInt(amount) * factor, currency).amount
  if (BigInt(amount) % factor !== 0n) throw new AmountNotRepresentable(currency, digits)
  return Number(BigInt(amount) / factor) // eslint-disable-line no-restricted-syntax -- of BigInts, without a rest
}

/** The other way round. @throws as `unitsAt` */
export function moneyAt(units: number, currency: string, digits: number): Money {
  const shift = exponentOf(currency) - digits
  const factor = 10n ** BigInt(Math.abs(shift))
  if (shift >= 0) return money(BigInt(units) * factor, currency)
  if (BigInt(units) % factor !== 0n) throw new AmountNotRepresentable(currency, exponentOf(currency))
  return money(BigInt(units) / factor, currency) // eslint-disable-line no-restricted-syntax -- of BigInts, without a rest
}

export const sameMoney = (left: Money, right: Money) => left.amount === right.amount && left.currency === right.currency

/** Negative, zero or positive: how `left` compares to `right`. @throws CurrencyMismatch */
export const compare = (left: Money, right: Money): number => Math.sign(subtract(left, right).amount)

export const isPositive = ({ amount }: Money) => amount > 0

/** Text for people, with the currency's own number of decimals (ISO 4217: JPY 0, KWD 3). */
export function formatMoney({ amount, currency }: Money, locale = 'en-US'): string {
  const digits = exponentOf(currency)
  const format = new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency },
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
  })
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  // a decimal string keeps every digit (ECMA-402, Intl mathematical values)
  return format.format(`${amount < 0 ? '-' : ''}${decimal}` as Intl.StringNumericLiteral)
}

function mustMatch(left: Money, right: Money) {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency)
}
