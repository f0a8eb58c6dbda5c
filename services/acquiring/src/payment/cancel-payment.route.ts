import { Payment as PaymentBody } from '@slipway/contracts/acquiring'
import { Id } from '@slipway/contracts/primitives'
import { may, user, type Caller, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { ProviderUnclear } from '../provider/errors.ts'
import { changePayment } from './apply-observation.ts'
import { OutcomeUnknown, PaymentNotCancelable, PaymentNotFound } from './errors.ts'
import { paymentView } from './payment-view.ts'
import { giveUp, type Payment } from './payment.ts'
import { settlePayment } from './settle-payment.ts'

const schema = {
  summary: 'Cancel a payment that is not captured; its cart is released',
  description: 'The caller’s own; with payments:capture anybody’s, as when an authorised order cannot be delivered.',
  tags: ['payments'],
  params: Type.Object({ paymentId: Id }),
  response: { 200: PaymentBody },
}

export const cancelPaymentRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/payments/:paymentId/cancel', { schema, config: { access: user() } }, async ({ caller, params }) =>
    paymentView(await cancel(deps, caller, params.paymentId)),
  )
}

/** Decided first and done at the provider after: whatever happens in between, it is gone through with. */
async function cancel(deps: Deps, caller: Caller, id: string): Promise<Payment> {
  const payment = await changePayment(deps, id, 'cancel', (latest) => {
    if (latest.userId !== caller.id && !may(caller, 'payments:capture')) throw new PaymentNotFound()
    return latest.status === 'canceled' ? { payment: latest, steps: [] } : giveUp(latest, 'canceled')
  })
  if (payment.status === 'canceled') return payment
  const settled = await settlePayment(deps, payment, 'cancel').catch((error: unknown) => {
    throw error instanceof ProviderUnclear ? new OutcomeUnknown(id, error) : error
  })
  if (settled.status !== 'canceled') throw new PaymentNotCancelable(settled.status)
  return settled
}
