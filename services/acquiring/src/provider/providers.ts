import { SandboxBankClient } from '@slipway/contracts/sandbox-bank'
import { clientOptions } from '@slipway/s2s'
import type { Platform } from '@slipway/service-kit'
import type { Settings } from '../config.ts'
import { ProviderNotFound } from './errors.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { SandboxBankProvider } from './sandbox-bank.provider.ts'

/** Every provider that payments may have been made with, and the one for new ones. */
export interface Providers {
  readonly current: PaymentProvider
  /** @throws ProviderNotFound */
  get(name: string): PaymentProvider
  close(): Promise<void>
}

export function createProviders({ settings, observability, dispatcher }: Platform<Settings>): Providers {
  const sandboxBank = new SandboxBankClient({
    ...clientOptions(settings),
    name: 'sandbox-bank',
    baseUrl: settings.SANDBOX_BANK_URL,
    apiKey: settings.SANDBOX_BANK_API_KEY,
    observability,
    dispatcher,
  })
  const all: readonly PaymentProvider[] = [
    new SandboxBankProvider({ client: sandboxBank, webhookSecret: settings.SANDBOX_BANK_WEBHOOK_SECRET }),
  ]
  const get = (name: string) => {
    const found = all.find((provider) => provider.name === name)
    if (!found) throw new ProviderNotFound()
    return found
  }
  return { current: get(settings.PAYMENT_PROVIDER), get, close: () => sandboxBank.close() }
}
