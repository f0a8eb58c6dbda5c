import type { FastifyReply } from 'fastify'
import type { Deps } from '../deps.ts'
import { returnAddress, type PaymentPage } from '../page/page.ts'
import { cardForm } from './card-form.ts'
import { confirmation } from './confirmation.ts'
import { contentSecurityPolicy } from './document.ts'
import type { Order } from './order.ts'
import { orderOf } from './order-of.ts'
import { result } from './result.ts'

/** What a page shows in its state. */
export function documentOf(order: Order): string {
  if (order.page.status === 'open') return cardForm(order)
  return order.page.status === 'requires_confirmation' ? confirmation(order) : result(order)
}

export const sendDocument = (reply: FastifyReply, { returnUrl }: PaymentPage, document: string) =>
  reply
    .header('content-security-policy', contentSecurityPolicy(returnUrl))
    .type('text/html; charset=utf-8')
    .send(document)

/** After an attempt: back to the merchant where there is a way, and otherwise to the page, which tells the result. */
export function sendOnwards(reply: FastifyReply, deps: Pick<Deps, 'publicUrl' | 'settings'>, page: PaymentPage) {
  const done = page.status === 'paid' || page.status === 'authorized' || page.status === 'declined'
  return reply.redirect((done && returnAddress(page)) || orderOf(deps, page).path, 303)
}
