import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, Secret } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { faults, parseFaults } from './fault/fault.ts'

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  SANDBOX_BANK_API_KEY: Secret({ description: 'The merchant proves itself with it: `Authorization: Bearer <key>`' }),
  WEBHOOK_URL: Type.String({ format: 'uri', description: 'Where the merchant takes webhooks' }),
  WEBHOOK_SECRET: Secret({ description: 'Signs webhooks; shared with the merchant' }),
  MERCHANT_NAME: Type.String({ minLength: 1, default: 'Slipway Store', description: 'As the payment page shows it' }),
  BANK_FAULTS: Type.String({
    default: '',
    description: `Faults of every request, comma separated: ${faults.join(', ')}`,
  }),
  BANK_FAULT_PERCENT: Type.Integer({
    minimum: 0,
    maximum: 100,
    default: 0,
    description: 'Requests that get one fault drawn at random, in a hundred',
  }),
  BANK_FAULT_SEED: Type.Integer({ default: 1, description: 'The same seed draws the same faults' }),
})
export type Settings = Static<typeof Settings>

/** @throws InvalidSettings */
export function checkSettings({ NODE_ENV, BANK_FAULTS }: Pick<Settings, 'NODE_ENV' | 'BANK_FAULTS'>) {
  const wrong = []
  if (NODE_ENV === 'production')
    wrong.push({ variable: 'NODE_ENV', reason: 'must not be production: the sandbox bank moves no money' })
  try {
    parseFaults(BANK_FAULTS)
  } catch {
    wrong.push({ variable: 'BANK_FAULTS', reason: `must be a list of ${faults.join(', ')}` })
  }
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
