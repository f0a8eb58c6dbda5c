import type { Deps } from '../deps.ts'
import { ProviderRefused } from '../provider/errors.ts'
import type { PaymentProvider } from '../provider/payment-provider.ts'
import { applyObservation, changePayment } from './apply-observation.ts'
import { captureRefused, isOpen, type Payment } from './payment.ts'

type SettleDeps = Pick<Deps, 'transaction' | 'providers' | 'observability'>

/**
 * Asks the provider about a payment, outside any transaction, and applies the answer under the payment's lock. What was
 * decided is done there first: giving up, capturing; what the provider has never heard of is opened there, as was meant.
 *
 * @throws ProviderUnclear, ProviderRefused
 */
export async function settlePayment(deps: SettleDeps, payment: Payment, cause: string) {
  const provider = deps.providers.get(payment.provider)
  if (payment.capturing && payment.status === 'authorized') return settleCapture(deps, provider, payment, cause)
  return applyObservation(deps, payment.id, await ask(provider, payment), cause)
}

async function ask(provider: PaymentProvider, payment: Payment) {
  if (payment.ending) return provider.cancel(payment)
  const found = await provider.find(payment)
  return found ?? (isOpen(payment) ? provider.open(payment) : undefined)
}

/** A refusal is no answer to what the payment is now: that is asked, and the shop may decide anew. */
async function settleCapture(deps: SettleDeps, provider: PaymentProvider, payment: Payment, cause: string) {
  const { id, capturing } = payment
  try {
    const taken = await provider.capture({ ...payment, capturing: capturing! })
    return await applyObservation(deps, id, taken, cause)
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    await applyObservation(deps, id, await provider.find(payment), cause)
    await changePayment(deps, id, cause, captureRefused)
    throw error
  }
}
