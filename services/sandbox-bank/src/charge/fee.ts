import { add, compare, exponentOf, money, share, type Money } from '@slipway/contracts/primitives'

/** What the bank keeps of a charge: 1.4 % and about a quarter of the usual coin, as card acquirers do; never all of it. */
export function feeOf(charge: Money): Money {
  const fixed = money(
    exponentOf(charge.currency) === 0 ? 25 : 25 * 10 ** (exponentOf(charge.currency) - 2),
    charge.currency,
  )
  const fee = add(share(charge, 140), fixed)
  return compare(fee, charge) > 0 ? charge : fee
}
