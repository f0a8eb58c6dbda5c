import { Payment as PaymentBody } from '@slipway/contracts/acquiring'
import { Id } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { mustSee } from './may-see.ts'
import { paymentView } from './payment-view.ts'

const schema = {
  summary: 'A payment: the caller’s own, or with payments:read anybody’s',
  tags: ['payments'],
  params: Type.Object({ paymentId: Id }),
  response: { 200: PaymentBody },
}
const access = anyOf(user(), service({ permissions: ['payments:read'] }))

export const getPaymentRoute: Route<Pick<Deps, 'payments'>> = async (app, { deps }) => {
  app.get('/v1/payments/:paymentId', { schema, config: { access } }, async ({ caller, params }) =>
    paymentView(mustSee(caller, await deps.payments.find(params.paymentId))),
  )
}
