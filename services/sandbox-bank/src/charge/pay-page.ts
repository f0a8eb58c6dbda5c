import type { Card } from '@slipway/contracts/sandbox-bank'
import { inspectCard } from '../card/card.ts'
import { CardRefused } from '../card/errors.ts'
import type { Deps } from '../deps.ts'
import { unite, type Fault } from '../fault/fault.ts'
import { confirm, pay, type PaymentPage } from '../page/page.ts'

type Needs = Pick<Deps, 'transaction' | 'clock'>

/** The payer uses a card. @throws CardRefused, PageNotFound, PageClosed */
export function payPage(deps: Needs, id: string, card: Card, faults: readonly Fault[]): Promise<PaymentPage> {
  const inspected = inspectCard(card, deps.clock.now())
  if ('problems' in inspected) throw new CardRefused(inspected.problems)
  return deps.transaction(async (tx) => {
    const page = await tx.pages.lock(id)
    return tx.apply(pay({ ...page, faults: unite(page.faults, faults) }, inspected))
  })
}

/** The payer answers the confirmation page. @throws PageNotFound, PageClosed */
export function confirmPage(deps: Needs, id: string, accept: boolean, faults: readonly Fault[]): Promise<PaymentPage> {
  return deps.transaction(async (tx) => {
    const page = await tx.pages.lock(id)
    return tx.apply(confirm({ ...page, faults: unite(page.faults, faults) }, accept))
  })
}
