import type { Logger } from '@slipway/observability'
import type { Payment } from './payment.ts'

type Log = Pick<Logger, 'info' | 'error'>

/** One line for each payment that moved; it wakes somebody where the provider's money is not what was asked for. */
export function logChange(logger: Log, before: Payment, after: Payment, cause: string) {
  if (after.version === before.version) return
  const facts = { paymentId: after.id, from: before.status, to: after.status, cause }
  if (after.mismatched && !before.mismatched)
    logger.error(facts, 'the provider took another amount than was asked for: it is given back')
  else logger.info(facts, `payment ${after.status}`)
}
