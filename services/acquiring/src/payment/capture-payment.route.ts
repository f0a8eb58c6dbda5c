import { NewCapture, Payment as PaymentBody } from '@slipway/contracts/acquiring'
import { Id, type Money } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { ProviderRefused, ProviderUnclear } from '../provider/errors.ts'
import { changePayment } from './apply-observation.ts'
import { CaptureRefused, OutcomeUnknown, PaymentNotCapturable } from './errors.ts'
import { paymentView } from './payment-view.ts'
import { askCapture, type Payment } from './payment.ts'
import { settlePayment } from './settle-payment.ts'

const schema = {
  summary: 'Take the money of an authorised payment, all or a part; the same again takes nothing more',
  description: 'What is not taken is let go for good.',
  tags: ['payments'],
  params: Type.Object({ paymentId: Id }),
  body: NewCapture,
  response: { 200: PaymentBody },
}
const permissions = ['payments:capture']
const access = anyOf(user({ permissions }), service({ permissions }))

export const capturePaymentRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/payments/:paymentId/capture', { schema, config: { access } }, async ({ params, body }) =>
    paymentView(await capture(deps, params.paymentId, body.amount)),
  )
}

/** Decided first and done at the provider after: whatever happens in between, it is gone through with. */
async function capture(deps: Deps, id: string, amount?: Money): Promise<Payment> {
  const payment = await changePayment(deps, id, 'capture', (latest) => askCapture(latest, amount))
  if (payment.status === 'captured') return payment
  const settled = await settlePayment(deps, payment, 'capture').catch((error: unknown) => {
    if (error instanceof ProviderUnclear) throw new OutcomeUnknown(id, error)
    throw error instanceof ProviderRefused ? new CaptureRefused(error.reason) : error
  })
  if (settled.status !== 'captured') throw new PaymentNotCapturable(settled.status)
  return settled
}
