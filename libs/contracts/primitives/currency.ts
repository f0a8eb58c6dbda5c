import { AppError } from '@slipway/errors'

/** Currencies in circulation whose minor unit is not a hundredth (ISO 4217, list one). */
const unusual: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const usual =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
  'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD ' +
  'KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO ' +
  'NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL ' +
  'THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG'

const exponents: ReadonlyMap<string, number> = new Map([
  ...usual.split(' ').map((code) => [code, 2] as const),
  ...Object.entries(unusual).flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, Number(digits)] as const),
  ),
])

export class UnknownCurrency extends AppError {
  readonly code = 'UNKNOWN_CURRENCY'
  readonly status = 400
  constructor(currency: string) {
    super(`${currency} is no currency of ISO 4217`)
  }
}

export const isCurrency = (code: string): boolean => exponents.has(code)

/**
 * Decimal digits of the minor unit: USD 2, JPY 0, KWD 3 (ISO 4217).
 *
 * @throws UnknownCurrency
 */
export function exponentOf(currency: string): number {
  const exponent = exponents.get(currency)
  if (exponent === undefined) throw new UnknownCurrency(currency)
  return exponent
}
