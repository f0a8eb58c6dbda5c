import type { Service } from '@slipway/service-kit'

/** The services that a checkout needs; a process loads only its own. */
export const parts: Readonly<Record<string, () => Promise<Service>>> = {
  sso: async () => (await import('@slipway/sso')).sso,
  cart: async () => (await import('@slipway/cart')).cart,
  acquiring: async () => (await import('@slipway/acquiring')).acquiring,
  'sandbox-bank': async () => (await import('@slipway/sandbox-bank')).sandboxBank,
}
