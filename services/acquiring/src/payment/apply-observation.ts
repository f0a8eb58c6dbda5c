import type { Deps } from '../deps.ts'
import type { ProviderPayment } from '../provider/payment-provider.ts'
import { PaymentNotFound } from './errors.ts'
import { logChange } from './log-change.ts'
import { isToBeClosed, neverOpened, observe, type Change, type Payment } from './payment.ts'
import { recordChange } from './record-change.ts'

type ChangeDeps = Pick<Deps, 'transaction' | 'observability'>

/** Changes a payment under its row's lock. @throws PaymentNotFound, and what `rule` throws */
export async function changePayment(
  { transaction, observability }: ChangeDeps,
  id: string,
  cause: string,
  rule: (payment: Payment) => Change,
): Promise<Payment> {
  const { before, after } = await transaction(async (tx) => {
    const before = await tx.payments.lock(id)
    if (!before) throw new PaymentNotFound()
    return { before, after: await recordChange(tx, before, rule(before), cause) }
  })
  logChange(observability.logger, before, after, cause)
  return after
}

/**
 * Applies what the provider answered; undefined when it knows nothing of the payment. A page that was opened while the
 * payment was given up is closed.
 *
 * @throws ProviderUnclear, ProviderRefused when a page cannot be closed
 */
export async function applyObservation(
  deps: ChangeDeps & Pick<Deps, 'providers'>,
  id: string,
  seen: ProviderPayment | undefined,
  cause: string,
): Promise<Payment> {
  const rule = (payment: Payment) => (seen ? observe(payment, seen) : neverOpened(payment))
  const payment = await changePayment(deps, id, cause, rule)
  if (!seen || !isToBeClosed(payment, seen)) return payment
  const closed = await deps.providers.get(payment.provider).cancel(payment)
  return changePayment(deps, id, cause, (latest) => (closed ? observe(latest, closed) : neverOpened(latest)))
}
