import type { Logger } from '@slipway/observability'
import type { Payment } from './payment.ts'

type Log = Pick<Logger, 'info' | 'error'>

/** One line for each payment that moved; it wakes somebody where the provider's money is not what was asked for. */
export function logChange(logger: Log, before: Payment, after: Payment, cause: string) {
  const facts = { paymentId: after.id, from: before.status, to: after.status, cause }
  const wrong = after.mismatched && !before.mismatched
  if (wrong || (after.failureCode === 'amount_mismatch' && before.failureCode !== 'amount_mismatch' && after.ending))
    logger.error(facts, 'the provider has another amount than was asked for: it is given back')
  else if (after.version !== before.version) logger.info(facts, `payment ${after.status}`)
}
