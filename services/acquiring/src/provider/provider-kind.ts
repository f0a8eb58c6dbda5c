import type { Observability } from '@slipway/observability'
import type { clientOptions } from '@slipway/s2s'
import type { Clock } from '@slipway/service-kit'
import { Type, type Static, type TObject, type TProperties } from 'typebox'
import type { Dispatcher } from 'undici'
import type { PaymentProvider } from './payment-provider.ts'

export interface ProviderPlatform {
  readonly observability: Observability
  readonly clock: Clock
  /** Address of the platform as browsers see it. */
  readonly publicUrl: string
  /** Where requests go instead of the network: for tests. */
  readonly dispatcher?: Dispatcher
  /** Time limits, retries and TLS of calls. */
  readonly client: ReturnType<typeof clientOptions>
}

/** A kind of provider: what it is called, its settings, and how it is made of them. All that a third one needs. */
export interface ProviderKind {
  readonly name: string
  /** Moves no money: refused in production. */
  readonly pretends: boolean
  /** All optional: only the providers that are used need theirs. */
  readonly variables: TProperties
  /** Of these, without which it cannot be used. */
  readonly required: readonly string[]
  create(settings: Readonly<Record<string, unknown>>, platform: ProviderPlatform): PaymentProvider
}

type SettingsOf<Variables extends TProperties, Needed extends keyof Variables & string> = Partial<
  Static<TObject<Variables>>
> &
  Record<Needed, string>

export function defineProvider<Variables extends TProperties, Needed extends keyof Variables & string>(kind: {
  name: string
  pretends?: boolean
  variables: Variables
  required: readonly Needed[]
  create(settings: SettingsOf<Variables, Needed>, platform: ProviderPlatform): PaymentProvider
}): ProviderKind {
  const { name, pretends = false, variables, required } = kind
  return {
    ...{ name, pretends, required },
    variables: Object.fromEntries(Object.entries(variables).map(([key, schema]) => [key, Type.Optional(schema)])),
    create: (settings, platform) => kind.create(settings as SettingsOf<Variables, Needed>, platform),
  }
}

/** Secrets that are good at once: while one takes the place of the other, both. */
export const secretsOf = (...secrets: (string | undefined)[]) => secrets.filter((secret) => secret !== undefined)
