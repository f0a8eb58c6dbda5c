import type { Tx } from '../deps.ts'
import { isToBeClosed, observe, type Payment } from '../payment/payment.ts'
import { canBePaymentId } from '../payment/payment-id.ts'
import { recordChange } from '../payment/record-change.ts'
import type { Recheck } from '../payment/recheck.store.ts'
import type { ProviderNotice } from '../provider/payment-provider.ts'

/** What became of a notice, for the log. */
export interface TakenIn {
  readonly outcome: 'applied' | 'to be asked' | 'duplicate' | 'older' | 'unknown payment' | 'not about a payment'
  readonly before?: Payment
  readonly after?: Payment
  /** The provider is to be asked. */
  readonly recheck?: Recheck
}

/**
 * Takes in what a provider tells, once, in one transaction: the payment's row is locked, then the notice is noted, then
 * the payment moves with everything that goes with it, or is noted as one to ask the provider about. Nothing here goes
 * over the network. Late and repeated notices change nothing.
 */
export async function takeInNotice(tx: Tx, provider: string, notice: ProviderNotice): Promise<TakenIn> {
  const { id, type, sequence, payment: seen, about } = notice
  const before = about && (await lockPayment(tx, provider, about))
  if (!(await tx.providerEvents.add({ provider, id, type, paymentId: before?.id }))) return { outcome: 'duplicate' }
  if (!about) return { outcome: 'not about a payment' }
  if (!before) return { outcome: 'unknown payment' }
  if (!seen) return { outcome: 'to be asked', before, recheck: await tx.rechecks.ask(before.id) }
  if (sequence !== undefined && sequence <= before.providerSequence) return { outcome: 'older', before }
  const { payment, steps } = observe(before, seen)
  const after = { ...payment, providerSequence: sequence ?? before.providerSequence }
  await recordChange(tx, before, { payment: after, steps }, `webhook ${id}`)
  if (!isToBeClosed(after, seen)) return { outcome: 'applied', before, after }
  return { outcome: 'to be asked', before, after, recheck: await tx.rechecks.ask(before.id) }
}

async function lockPayment(tx: Tx, provider: string, { reference, chargeId }: NonNullable<ProviderNotice['about']>) {
  const id = reference ?? (chargeId && (await tx.payments.idOfCharge(provider, chargeId)))
  const found = id && canBePaymentId(id) ? await tx.payments.lock(id) : undefined
  return found?.provider === provider ? found : undefined
}
