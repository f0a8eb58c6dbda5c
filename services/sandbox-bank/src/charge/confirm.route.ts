import { Id } from '@slipway/contracts/primitives'
import { Confirmation, PaymentOutcome } from '@slipway/contracts/sandbox-bank'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { outcomeView } from './outcome.view.ts'
import { confirmPage } from './pay-page.ts'

const schema = {
  summary: 'Answer the confirmation that a card asked for',
  tags: ['payer'],
  params: Type.Object({ id: Id }),
  body: Confirmation,
  response: { 200: PaymentOutcome },
}

export const confirmRoute: Route<Pick<Deps, 'transaction' | 'clock'>> = async (app, { deps }) => {
  app.post('/v1/pages/:id/confirm', { schema, config: { access: anyone() } }, async (request) =>
    outcomeView(await confirmPage(deps, request.params.id, request.body.accept, faultsOf(request))),
  )
}
