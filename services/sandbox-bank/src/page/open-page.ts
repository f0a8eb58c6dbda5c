import { isPositive, money, zero } from '@slipway/contracts/primitives'
import type { NewPaymentPage } from '@slipway/contracts/sandbox-bank'
import type { Deps } from '../deps.ts'
import type { Fault } from '../fault/fault.ts'
import { checkSameBody, type Idempotency } from '../merchant/idempotency.ts'
import { AmountNotPositive, ReferenceTaken } from './errors.ts'
import type { PaymentPage } from './page.ts'
import { checkReturnUrl } from './return-url.ts'

/** Opens a page, or finds the one that the key opened. @throws AmountNotPositive, UnknownCurrency, ReturnUrlNotAllowed, IdempotencyKeyReused, ReferenceTaken */
export async function openPage(
  { pages, clock, newId }: Pick<Deps, 'pages' | 'clock' | 'newId'>,
  { reference, amount: asked, returnUrl, capture = 'automatic' }: NewPaymentPage,
  idempotency: Idempotency,
  faults: readonly Fault[],
): Promise<PaymentPage> {
  const amount = money(asked.amount, asked.currency)
  if (!isPositive(amount)) throw new AmountNotPositive()
  const page: PaymentPage = {
    id: newId(),
    reference,
    amount,
    capture,
    captured: zero(amount.currency),
    refunded: zero(amount.currency),
    disputed: false,
    returnUrl: returnUrl === undefined ? undefined : checkReturnUrl(returnUrl),
    status: 'open',
    sequence: 0,
    faults,
    createdAt: clock.now(),
  }
  if (await pages.add(page, idempotency)) return page
  const before = await pages.byKey(idempotency.key)
  if (!before) throw new ReferenceTaken()
  checkSameBody(before, idempotency)
  return before.page
}
