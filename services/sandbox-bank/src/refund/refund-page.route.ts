import { BankRefund, NewRefund } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { IdempotencyHeaders, idempotencyOf } from '../merchant/idempotency.ts'
import { refundPage } from './refund-page.ts'
import { refundView } from './refund.ts'

const schema = {
  summary: 'Refund all or a part of what a page charged; the same key refunds once',
  tags: ['merchant'],
  headers: IdempotencyHeaders,
  body: NewRefund,
  response: { 201: BankRefund },
}

export const refundPageRoute: Route<Pick<Deps, 'transaction' | 'clock' | 'newId'>> = async (app, { deps }) => {
  app.post('/v1/refunds', { schema, config: { access: merchantAccess } }, async (request, reply) => {
    const { body, headers } = request
    return reply
      .status(201)
      .send(refundView(await refundPage(deps, body, idempotencyOf(headers, body), faultsOf(request))))
  })
}
