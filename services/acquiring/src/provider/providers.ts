import { clientOptions } from '@slipway/s2s'
import type { Platform } from '@slipway/service-kit'
import type { Settings } from '../config.ts'
import { ProviderNotFound } from './errors.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { providerKinds } from './provider-kinds.ts'
import { isUsable } from './provider-settings.ts'

/** Every provider that payments may have been made with, and the one for new ones. */
export interface Providers {
  readonly current: PaymentProvider
  readonly all: readonly PaymentProvider[]
  /** @throws ProviderNotFound */
  get(name: string): PaymentProvider
  close(): Promise<void>
}

export function createProviders({ settings, observability, clock, dispatcher }: Platform<Settings>): Providers {
  const { PUBLIC_URL: publicUrl } = settings
  const platform = { observability, clock, dispatcher, publicUrl, client: clientOptions(settings) }
  const all = providerKinds.filter((kind) => isUsable(kind, settings)).map((kind) => kind.create(settings, platform))
  const get = (name: string) => {
    const found = all.find((provider) => provider.name === name)
    if (!found) throw new ProviderNotFound()
    return found
  }
  return {
    current: get(settings.PAYMENT_PROVIDER),
    all,
    get,
    async close() {
      await Promise.all(all.map((provider) => provider.close()))
    },
  }
}
