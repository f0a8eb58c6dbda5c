import { isPositive } from '@slipway/contracts/primitives'
import type { NewRefund } from '@slipway/contracts/sandbox-bank'
import type { Deps } from '../deps.ts'
import { unite, type Fault } from '../fault/fault.ts'
import { checkSameBody, type Idempotency } from '../merchant/idempotency.ts'
import { AmountNotPositive } from '../page/errors.ts'
import { refund } from '../page/page.ts'
import type { Refund } from './refund.ts'

/** Gives money back, once for each key. @throws AmountNotPositive, PageNotFound, NotPaid, CurrencyMismatch, RefundExceedsCharge, IdempotencyKeyReused */
export function refundPage(
  { transaction, clock, newId }: Pick<Deps, 'transaction' | 'clock' | 'newId'>,
  { pageId, amount }: NewRefund,
  idempotency: Idempotency,
  faults: readonly Fault[],
): Promise<Refund> {
  if (!isPositive(amount)) throw new AmountNotPositive()
  return transaction(async (tx) => {
    const page = await tx.pages.lock(pageId)
    const before = await tx.refunds.byKey(idempotency.key)
    if (before) {
      checkSameBody(before, idempotency)
      return before.refund
    }
    const change = refund({ ...page, faults: unite(page.faults, faults) }, amount)
    const made = { id: newId(), pageId, amount, createdAt: clock.now() }
    await tx.refunds.add(made, idempotency)
    await tx.apply(change, made)
    return made
  })
}
