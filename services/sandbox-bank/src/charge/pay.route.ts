import { Id } from '@slipway/contracts/primitives'
import { Card, PaymentOutcome } from '@slipway/contracts/sandbox-bank'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { outcomeView } from './outcome.view.ts'
import { payPage } from './pay-page.ts'

const schema = {
  summary: 'Pay as the hosted page does, with a test card',
  tags: ['payer'],
  params: Type.Object({ id: Id }),
  body: Card,
  response: { 200: PaymentOutcome },
}

export const payRoute: Route<Pick<Deps, 'transaction' | 'clock'>> = async (app, { deps }) => {
  app.post('/v1/pages/:id/pay', { schema, config: { access: anyone() } }, async (request) =>
    outcomeView(await payPage(deps, request.params.id, request.body, faultsOf(request))),
  )
}
