import type { Clock } from '@slipway/service-kit'
import type { ChargeStore } from '../charge/charge.store.ts'
import { feeOf } from '../charge/fee.ts'
import { unite, type Fault } from '../fault/fault.ts'
import { refundView, type Refund } from '../refund/refund.ts'
import { planWebhook } from '../webhook/webhook.ts'
import type { WebhookStore } from '../webhook/webhook.store.ts'
import type { PageChange, PaymentPage } from './page.ts'
import type { LockedPages } from './page.store.ts'
import { pageView } from './page.view.ts'

/** How long a card holder takes to dispute a charge. */
const disputeAfterMs = 2_000

export interface ChangeContext {
  clock: Clock
  newId: () => string
  publicUrl: string
  /** Of every page, besides its own. */
  faults: readonly Fault[]
  traceparent: () => string | undefined
}

interface Stores {
  pages: LockedPages
  charges: ChargeStore
  webhooks: WebhookStore
}

/** Writes a change down: the page, the money that moves, and the webhook that tells of it, in one transaction. */
export async function applyChange(
  { pages, charges, webhooks }: Stores,
  { clock, newId, publicUrl, faults, traceparent }: ChangeContext,
  { page, announce, charge, chargeBack }: PageChange,
  refund?: Refund,
): Promise<PaymentPage> {
  const now = clock.now()
  await pages.save(page)
  if (charge) {
    const chargeBackDueAt = page.disputed ? new Date(now.getTime() + disputeAfterMs) : undefined
    await charges.add({
      id: newId(),
      pageId: page.id,
      amount: charge,
      fee: feeOf(charge),
      createdAt: now,
      chargeBackDueAt,
    })
  }
  if (chargeBack) await charges.chargeBack({ id: newId(), pageId: page.id, amount: chargeBack, at: now })
  if (announce) {
    const message = {
      id: newId(),
      type: announce,
      createdAt: now.toISOString(),
      sequence: page.sequence,
      data: pageView(page, publicUrl),
      ...(refund && { refund: refundView(refund) }),
    }
    await webhooks.add(planWebhook(page.id, message, unite(faults, page.faults), traceparent()))
  }
  return page
}
