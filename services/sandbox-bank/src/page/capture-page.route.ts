import { Id } from '@slipway/contracts/primitives'
import { NewCapture, PaymentPageState } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { unite } from '../fault/fault.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { capture } from './page.ts'
import { pageView } from './page.view.ts'

const schema = {
  summary: 'Take the money of an authorised page, all or a part; the same again takes nothing more',
  tags: ['merchant'],
  params: Type.Object({ id: Id }),
  body: NewCapture,
  response: { 200: PaymentPageState },
}

export const capturePageRoute: Route<Pick<Deps, 'transaction' | 'publicUrl'>> = async (app, { deps }) => {
  app.post('/v1/pages/:id/capture', { schema, config: { access: merchantAccess } }, async (request) => {
    const { params, body } = request
    const page = await deps.transaction(async (tx) => {
      const page = await tx.pages.lock(params.id)
      return tx.apply(capture({ ...page, faults: unite(page.faults, faultsOf(request)) }, body.amount))
    })
    return pageView(page, deps.publicUrl)
  })
}
