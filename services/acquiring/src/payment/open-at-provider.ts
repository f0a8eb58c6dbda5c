import type { Deps } from '../deps.ts'
import { ProviderRefused, ProviderUnclear } from '../provider/errors.ts'
import { applyObservation, changePayment } from './apply-observation.ts'
import { OutcomeUnknown } from './errors.ts'
import { outcomeUnknown, refused, type Payment } from './payment.ts'

/**
 * Asks the provider for the payment's page unless it has one or is over. The same payment gets the same page however
 * often this is done.
 *
 * @throws OutcomeUnknown when nobody knows whether there is a page now
 */
export async function openAtProvider(
  deps: Pick<Deps, 'transaction' | 'providers' | 'observability'>,
  payment: Payment,
): Promise<Payment> {
  const { id, status, ending } = payment
  if (ending || (status !== 'created' && status !== 'unknown')) return payment
  try {
    const opened = await deps.providers.get(payment.provider).open(payment)
    return await applyObservation(deps, id, opened, 'checkout')
  } catch (error) {
    if (error instanceof ProviderRefused)
      return changePayment(deps, id, 'checkout', (latest) => refused(latest, 'provider_refused'))
    if (!(error instanceof ProviderUnclear)) throw error
    await changePayment(deps, id, 'checkout', outcomeUnknown)
    throw new OutcomeUnknown(id, error)
  }
}
