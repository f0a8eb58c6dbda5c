import { NewRefund, Refund } from '@slipway/contracts/acquiring'
import { Id } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { answerOnce, IdempotencyHeaders } from '../idempotency/answer-once.ts'
import { PaymentNotFound } from '../payment/errors.ts'
import { askRefund } from './ask-refund.ts'
import { refundView } from './refund.ts'

const schema = {
  summary: 'Give money back, all that is left or a part of it',
  description: 'The provider does it shortly after; see the status of the refund.',
  tags: ['refunds'],
  headers: IdempotencyHeaders,
  params: Type.Object({ paymentId: Id }),
  body: NewRefund,
  response: { 201: Refund },
}
const permissions = ['payments:refund']
const access = anyOf(user({ permissions }), service({ permissions }))

export const createRefundRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/payments/:paymentId/refunds', { schema, config: { access } }, (request, reply) =>
    answerOnce(deps, request, reply, async (attempt) => {
      const { caller, params, body } = request
      const refund = await deps.transaction(async (tx) => {
        const begun = attempt.resourceId && (await tx.refunds.find(attempt.resourceId))
        if (begun) return begun
        const payment = await tx.payments.lock(params.paymentId)
        if (!payment) throw new PaymentNotFound()
        const asked = await askRefund(tx, payment, { ...body, requestedBy: caller.id })
        await tx.idempotency.hold(attempt, asked.id)
        return asked
      })
      return { status: 201, body: refundView(refund) }
    }),
  )
}
