import { isCurrency, isPositive, type Money } from '@slipway/contracts/primitives'
import { CurrencyNotSupported, NothingToPay } from './errors.ts'

/** Currencies of a setting, comma separated: none for every currency there is; undefined when one is unknown. */
export function currenciesOf(list: string): string[] | undefined {
  const codes = list.split(',').map((code) => code.trim())
  const listed = codes.filter((code) => code !== '')
  return listed.every(isCurrency) ? listed : undefined
}

/** Why a total cannot be paid, if it cannot. `supported` is empty when every currency is. */
export function whyNotPayable(total: Money, supported: readonly string[]) {
  const { currency } = total
  if (!isCurrency(currency) || (supported.length > 0 && !supported.includes(currency)))
    return new CurrencyNotSupported(currency, supported)
  return isPositive(total) ? undefined : new NothingToPay()
}
