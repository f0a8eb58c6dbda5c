import type { Tx } from '../deps.ts'
import { paymentEvent } from './payment-events.ts'
import type { Change, Payment } from './payment.ts'

/**
 * Writes a change of a payment that `before` was locked for: status, history, ledger, refunds and events, all in this
 * transaction. `cause` says in the history what made it.
 */
export async function recordChange(tx: Tx, before: Payment, { payment, steps }: Change, cause: string) {
  if (payment !== before) await tx.payments.save(payment)
  await writeSteps(tx, steps, cause)
  return payment
}

/** @throws CartHasPayment */
export async function recordNew(tx: Tx, { payment, steps }: Change, cause: string) {
  await tx.payments.add(payment)
  await writeSteps(tx, steps, cause)
  return payment
}

async function writeSteps(tx: Tx, steps: Change['steps'], cause: string) {
  for (const { payment, announces, books, refunds } of steps) {
    await tx.payments.remember(payment, cause)
    tx.tally.moved(payment, books?.kind === 'capture' ? books.entries[0]?.amount : undefined)
    if (books) await tx.ledger.book(payment.id, books)
    if (refunds) await tx.refunds.ask({ ...refunds, paymentId: payment.id, requestedBy: 'acquiring' })
    if (announces) await tx.emit(paymentEvent(announces, payment))
  }
}
