import type { Deps } from '../deps.ts'
import type { Recheck } from './recheck.store.ts'
import { settlePayment } from './settle-payment.ts'

type RecheckDeps = Pick<Deps, 'transaction' | 'providers' | 'observability' | 'payments'>

/**
 * Asks the provider about a payment that somebody has told something of. Unless it answers, it is asked again later.
 *
 * @throws ProviderUnclear, ProviderRefused
 */
export async function recheckPayment(deps: RecheckDeps, recheck: Recheck, cause: string) {
  const payment = await deps.payments.find(recheck.paymentId)
  if (payment) await settlePayment(deps, payment, cause)
  await deps.transaction((tx) => tx.rechecks.done(recheck))
}
