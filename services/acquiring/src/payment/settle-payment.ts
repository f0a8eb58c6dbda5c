import type { Deps } from '../deps.ts'
import type { PaymentProvider } from '../provider/payment-provider.ts'
import { applyObservation } from './apply-observation.ts'
import type { Payment } from './payment.ts'

/**
 * Asks the provider about a payment, outside any transaction, and applies the answer under the payment's lock. What is
 * being given up is canceled there first; what the provider has never heard of is opened there, as was meant.
 *
 * @throws ProviderUnclear, ProviderRefused
 */
export async function settlePayment(
  deps: Pick<Deps, 'transaction' | 'providers' | 'observability'>,
  payment: Payment,
  cause: string,
) {
  const provider = deps.providers.get(payment.provider)
  return applyObservation(deps, payment.id, await ask(provider, payment), cause)
}

async function ask(provider: PaymentProvider, payment: Payment) {
  if (payment.ending) return provider.cancel(payment)
  return (await provider.find(payment)) ?? (await provider.open(payment))
}
