import { ReconciliationDifferenceFound } from '@slipway/contracts/acquiring'
import type { Tx } from '../deps.ts'
import { feeBooking } from '../ledger/booking.ts'
import { canBePaymentId } from '../payment/payment-id.ts'
import type { SettlementLine, SettlementPage } from '../provider/payment-provider.ts'
import { differenceOf, referenceOf, type NewDifference } from './match.ts'
import type { Reconciliation } from './reconciliation.store.ts'

const batch = 500

/**
 * Takes in one page of a settlement in one transaction: lines, fees, differences, and where to go on. False when somebody
 * else has taken it meanwhile.
 */
export async function takePage(tx: Tx, of: Reconciliation, page: SettlementPage): Promise<boolean> {
  const latest = await tx.reconciliations.lock(of.id)
  if (!latest || latest.status === 'completed' || latest.pages !== of.pages) return false
  let matched = 0
  for (const line of page.lines) matched += (await takeLine(tx, of, line)) ? 1 : 0
  await tx.reconciliations.advance(of.id, { cursor: page.next, lines: page.lines.length, matched })
  if (page.next !== undefined) return true
  await tellMissing(tx, of)
  await tx.reconciliations.complete(of.id)
  return true
}

/** True when the ledger has it just so. */
async function takeLine(tx: Tx, of: Reconciliation, line: SettlementLine): Promise<boolean> {
  const { provider } = of
  const paymentId = await paymentOf(tx, provider, line)
  const reference = referenceOf(line, paymentId)
  if (!(await tx.reconciliations.addLine(of, line, reference))) return false
  if (line.fee.amount !== 0) await tx.ledger.book(paymentId, feeBooking(provider, line.id, line.fee))
  const difference = differenceOf({
    ...{ line, paymentId },
    booked: reference ? await tx.reconciliations.booked(provider, reference) : undefined,
    wasMissing: reference !== undefined && (await tx.reconciliations.wasMissing(reference)),
    lateAfterMs: of.to.getTime() - of.from.getTime(),
  })
  if (difference) await tell(tx, of, difference)
  // the webhook that would have told of it never came
  if (difference?.kind === 'extra' && paymentId) await tx.rechecks.ask(paymentId)
  return difference === undefined
}

/** Our payment, by our id or by the provider's of the movement of money. */
async function paymentOf(tx: Tx, provider: string, { reference, chargeId }: SettlementLine) {
  const named = reference && canBePaymentId(reference) ? await tx.payments.find(reference) : undefined
  return named?.id ?? (chargeId ? tx.payments.idOfCharge(provider, chargeId) : undefined)
}

/** What was booked a whole period ago and no file since has told of. Both clocks may be a little apart. */
async function tellMissing(tx: Tx, of: Reconciliation) {
  const length = of.to.getTime() - of.from.getTime()
  const before = { from: new Date(of.from.getTime() - length), to: of.from }
  for (let after: string | undefined; ;) {
    const missing = await tx.reconciliations.unsettled(of.provider, before, batch, after)
    for (const { reference, paymentId, amount } of missing)
      await tell(tx, of, { kind: 'missing', reference, paymentId, expected: amount, actual: null })
    if (missing.length < batch) return
    after = missing.at(-1)!.reference
  }
}

async function tell(tx: Tx, of: Reconciliation, difference: NewDifference) {
  const id = await tx.reconciliations.addDifference(of, difference)
  if (id === undefined) return
  tx.tally.differs(difference.kind)
  const { kind, paymentId, expected, actual } = difference
  const data = { reconciliationId: of.id, kind, ...(paymentId && { paymentId }), expected, actual }
  await tx.emit(ReconciliationDifferenceFound.create({ subject: id, data }))
}
