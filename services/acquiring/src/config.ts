import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, Secret, type WrongVariable } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { s2sVariables } from '@slipway/s2s'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { originsOf } from './checkout/return-url.ts'

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  ...s2sVariables,
  CART_URL: Type.String({ format: 'uri', description: 'Address of cart with its prefix' }),
  PAYMENT_PROVIDER: Type.Enum(['sandbox-bank'], {
    default: 'sandbox-bank',
    description: 'Who moves the money of new payments',
  }),
  SANDBOX_BANK_URL: Type.String({ format: 'uri', description: 'Address of the sandbox bank with its prefix' }),
  SANDBOX_BANK_API_KEY: Secret({ description: 'Proves us to the sandbox bank' }),
  SANDBOX_BANK_WEBHOOK_SECRET: Secret({ description: 'Proves webhooks of the sandbox bank to us' }),
  PAYMENT_TTL_MINUTES: Type.Integer({
    minimum: 1,
    maximum: 1_440,
    default: 30,
    description: 'A payment that is not paid by then expires and its cart is released',
  }),
  RETURN_URL_ORIGINS: Type.String({
    default: '',
    description: 'Origins that payers may be sent back to, comma separated; that of PUBLIC_URL when empty',
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
  const wrong: WrongVariable[] = []
  if (settings.NODE_ENV === 'production' && settings.PAYMENT_PROVIDER === 'sandbox-bank')
    wrong.push({
      variable: 'PAYMENT_PROVIDER',
      reason: 'must name a real payment provider in production: the sandbox bank moves no money',
    })
  if (!originsOf(settings))
    wrong.push({
      variable: 'RETURN_URL_ORIGINS',
      reason: 'must be origins such as https://shop.example, comma separated',
    })
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
