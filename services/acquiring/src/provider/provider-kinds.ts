import type { ProviderKind } from './provider-kind.ts'
import { sandboxBank } from './sandbox-bank/sandbox-bank.ts'
import { stripe } from './stripe/stripe.ts'

/** Every kind of provider there is. A new one is a folder beside these and a line here. */
export const providerKinds: readonly ProviderKind[] = [sandboxBank, stripe]
