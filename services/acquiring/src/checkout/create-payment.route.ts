import { NewPayment, Payment } from '@slipway/contracts/acquiring'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { answerOnce, IdempotencyHeaders } from '../idempotency/answer-once.ts'
import { openAtProvider } from '../payment/open-at-provider.ts'
import { paymentView } from '../payment/payment-view.ts'
import { checkout } from './checkout.ts'
import { mustBeAllowed } from './return-url.ts'

const schema = {
  summary: 'Pay a cart: the answer says where the payer goes next',
  description: 'The price comes from the cart. Cart’s refusals come back as they are.',
  tags: ['payments'],
  headers: IdempotencyHeaders,
  body: NewPayment,
  response: { 201: Payment },
}

export const createPaymentRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/payments', { schema, config: { access: user() } }, (request, reply) =>
    answerOnce(deps, request, reply, async (attempt) => {
      const { caller, body } = request
      if (body.returnUrl !== undefined) mustBeAllowed(body.returnUrl, deps.returnOrigins)
      const payment = await checkout(deps, attempt, caller, body)
      return { status: 201, body: paymentView(await openAtProvider(deps, payment)) }
    }),
  )
}
