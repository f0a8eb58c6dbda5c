import type { WrongVariable } from '@slipway/config'
import { Type, type TProperties } from 'typebox'
import type { ProviderKind } from './provider-kind.ts'
import { providerKinds } from './provider-kinds.ts'

type ProviderSettings = Readonly<Record<string, unknown>> & { NODE_ENV: string; PAYMENT_PROVIDER: string }

/** The setting that chooses one, and those of each. */
export const providerVariables = {
  PAYMENT_PROVIDER: Type.Enum(
    providerKinds.map(({ name }) => name),
    { default: 'sandbox-bank', description: 'Who moves the money of new payments' },
  ),
  ...(Object.assign({}, ...providerKinds.map(({ variables }) => variables)) as TProperties),
}

const missing = ({ required }: ProviderKind, settings: ProviderSettings) =>
  required.filter((variable) => settings[variable] === undefined)

/** Everything of it is set, and it may be used here. Payments of it can be made, and old ones settled. */
export const isUsable = (kind: ProviderKind, settings: ProviderSettings) =>
  !(kind.pretends && settings.NODE_ENV === 'production') && missing(kind, settings).length === 0

/** Why payments cannot be made with what is set. */
export function wrongProviderSettings(settings: ProviderSettings): WrongVariable[] {
  const chosen = providerKinds.find(({ name }) => name === settings.PAYMENT_PROVIDER)!
  if (chosen.pretends && settings.NODE_ENV === 'production')
    return [
      {
        variable: 'PAYMENT_PROVIDER',
        reason: `must name a real payment provider in production: the ${chosen.name.replace('-', ' ')} moves no money`,
      },
    ]
  return missing(chosen, settings).map((variable) => ({
    variable,
    reason: `is required: payments go by ${chosen.name}`,
  }))
}
