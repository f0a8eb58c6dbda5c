import type { Tx } from '../deps.ts'
import { observe, type Payment } from '../payment/payment.ts'
import { recordChange } from '../payment/record-change.ts'
import type { ProviderNotice } from '../provider/payment-provider.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What became of a notice, for the log. */
export interface TakenIn {
  readonly outcome: 'applied' | 'duplicate' | 'older' | 'unknown payment'
  readonly before?: Payment
  readonly after?: Payment
}

/**
 * Applies what a provider tells, once, in one transaction: the payment's row is locked, then the notice is noted, then
 * the payment moves with everything that goes with it. Late and repeated notices change nothing.
 */
export async function takeInNotice(tx: Tx, provider: string, notice: ProviderNotice): Promise<TakenIn> {
  const { id, type, sequence, payment: seen } = notice
  const found = uuid.test(seen.reference) ? await tx.payments.lock(seen.reference) : undefined
  const before = found?.provider === provider ? found : undefined
  if (!(await tx.providerEvents.add({ provider, id, type, paymentId: before?.id }))) return { outcome: 'duplicate' }
  if (!before) return { outcome: 'unknown payment' }
  if (sequence <= before.providerSequence) return { outcome: 'older', before }
  const { payment, steps } = observe(before, seen)
  const after = { ...payment, providerSequence: sequence }
  await recordChange(tx, before, { payment: after, steps }, `webhook ${id}`)
  return { outcome: 'applied', before, after }
}
