import { NewPaymentPage, PaymentPageState } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { IdempotencyHeaders, idempotencyOf } from '../merchant/idempotency.ts'
import { openPage } from './open-page.ts'
import { pageView } from './page.view.ts'

const schema = {
  summary: 'Open a payment page; the same key gets the same page',
  tags: ['merchant'],
  headers: IdempotencyHeaders,
  body: NewPaymentPage,
  response: { 201: PaymentPageState },
}

export const openPageRoute: Route<Pick<Deps, 'pages' | 'clock' | 'newId' | 'publicUrl'>> = async (app, { deps }) => {
  app.post('/v1/pages', { schema, config: { access: merchantAccess } }, async (request, reply) => {
    const page = await openPage(deps, request.body, idempotencyOf(request.headers, request.body), faultsOf(request))
    return reply.status(201).send(pageView(page, deps.publicUrl))
  })
}
