import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, type WrongVariable } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { s2sVariables } from '@slipway/s2s'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { currenciesOf } from './checkout/payable.ts'
import { originsOf } from './checkout/return-url.ts'
import { providerVariables, wrongProviderSettings } from './provider/provider-settings.ts'

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  ...s2sVariables,
  CART_URL: Type.String({ format: 'uri', description: 'Address of cart with its prefix' }),
  ...providerVariables,
  PAYMENT_CAPTURE: Type.Enum(['automatic', 'manual'], {
    default: 'automatic',
    description: 'manual: payers only authorise, and the money is taken by POST /v1/payments/{id}/capture',
  }),
  AUTHORIZATION_TTL_HOURS: Type.Integer({
    minimum: 1,
    maximum: 720,
    default: 144,
    description:
      'An authorised payment that is not captured by then is voided; card networks let go after about seven days',
  }),
  PAYMENT_TTL_MINUTES: Type.Integer({
    minimum: 1,
    maximum: 1_440,
    default: 30,
    description: 'A payment that is not paid by then expires and its cart is released',
  }),
  PAYMENT_CURRENCIES: Type.String({
    default: '',
    description: 'Currencies that payments are taken in, comma separated: EUR,USD; every one when empty',
  }),
  RETURN_URL_ORIGINS: Type.String({
    default: '',
    description:
      'Origins that payers may be sent back to, besides that of PUBLIC_URL: `https://app.example, http://localhost:*`',
  }),
  RECONCILIATION_PERIOD_MINUTES: Type.Integer({
    minimum: 1,
    maximum: 10_080,
    default: 1_440,
    description: 'The settlement is taken in periods of this length, beginning at midnight UTC',
  }),
  RECONCILIATION_DELAY_MINUTES: Type.Integer({
    minimum: 0,
    maximum: 10_080,
    default: 60,
    description: 'How long after its end a period’s settlement is taken',
  }),
  IDEMPOTENCY_WAIT_MS: Type.Integer({
    minimum: 0,
    maximum: 25_000,
    default: 5_000,
    description: 'How long a request waits for an equal one that still runs',
  }),
})
export type Settings = Static<typeof Settings>

/** @throws InvalidSettings */
export function checkSettings(settings: Settings) {
  const wrong: WrongVariable[] = wrongProviderSettings(settings)
  if (!originsOf(settings))
    wrong.push({
      variable: 'RETURN_URL_ORIGINS',
      reason: 'must be origins such as https://shop.example, comma separated',
    })
  if (!currenciesOf(settings.PAYMENT_CURRENCIES))
    wrong.push({ variable: 'PAYMENT_CURRENCIES', reason: 'must be ISO 4217 codes such as EUR, comma separated' })
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
