import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, type WrongVariable } from '@slipway/config'
import { isCurrency } from '@slipway/contracts/primitives'
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

type Checked = Pick<Settings, 'NODE_ENV' | 'SEED_PRODUCTS' | 'CURRENCY'>

/** @throws InvalidSettings */
export function checkSettings({ NODE_ENV, SEED_PRODUCTS, CURRENCY }: Checked) {
  const wrong: WrongVariable[] = []
  if (NODE_ENV === 'production' && SEED_PRODUCTS)
    wrong.push({ variable: 'SEED_PRODUCTS', reason: 'must be false in production' })
  if (!isCurrency(CURRENCY)) wrong.push({ variable: 'CURRENCY', reason: 'must be a currency of ISO 4217' })
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
