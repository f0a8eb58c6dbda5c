import { brokerVariables } from '@slipway/broker'
import { InvalidSettings } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { s2sVariables } from '@slipway/s2s'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  ...s2sVariables,
  FILES_URL: Type.String({ format: 'uri', description: 'Address of files with its prefix' }),
  CURRENCY: Type.String({
    pattern: '^[A-Z]{3}$',
    default: 'USD',
    description: 'The one currency that the shop sells in (ISO 4217)',
  }),
  SEED_PRODUCTS: Type.Boolean({
    default: false,
    description: 'Adds a few products at start, so that there is something to buy; not in production',
  }),
})
export type Settings = Static<typeof Settings>

/** @throws InvalidSettings */
export function checkSettings({ NODE_ENV, SEED_PRODUCTS }: Pick<Settings, 'NODE_ENV' | 'SEED_PRODUCTS'>) {
  if (NODE_ENV === 'production' && SEED_PRODUCTS)
    throw new InvalidSettings([{ variable: 'SEED_PRODUCTS', reason: 'must be false in production' }])
}
