import { AmountNotRepresentable, exponentOf, moneyAt, unitsAt, type Money } from '@slipway/contracts/primitives'
import { ProviderRefused } from '../errors.ts'

/**
 * Where Stripe counts with another number of decimals than ISO 4217: ariary have no fifths there, and krónur and
 * Uganda shillings still have two decimals that are always zero (https://docs.stripe.com/currencies#special-cases).
 */
const decimals: Readonly<Record<string, number>> = { MGA: 0, ISK: 2, UGX: 2 }

const digitsOf = (currency: string) => decimals[currency] ?? exponentOf(currency)

/** @throws AmountNotRepresentable, UnknownCurrency */
export const toStripe = (amount: Money) => ({
  currency: amount.currency.toLowerCase(),
  units: unitsAt(amount, digitsOf(amount.currency)),
})

/** @throws UnknownCurrency */
export const fromStripe = (units: number, currency: string): Money =>
  moneyAt(units, currency.toUpperCase(), digitsOf(currency.toUpperCase()))

/**
 * What Stripe takes: of three decimals the last one must be zero (https://docs.stripe.com/currencies#three-decimal).
 *
 * @throws ProviderRefused, UnknownCurrency
 */
export function amountOf(amount: Money) {
  try {
    const converted = toStripe(amount)
    if (/^(BHD|JOD|KWD|OMR|TND)$/.test(amount.currency) && converted.units % 10 !== 0)
      throw new AmountNotRepresentable(amount.currency, 2)
    return converted
  } catch (error) {
    if (error instanceof AmountNotRepresentable) throw new ProviderRefused('amount_not_representable', error)
    throw error
  }
}
