import { Id } from '@slipway/contracts/primitives'
import { PaymentPageState } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { cancel } from './page.ts'
import { pageView } from './page.view.ts'

const schema = {
  summary: 'Close an unpaid payment page for good',
  tags: ['merchant'],
  params: Type.Object({ id: Id }),
  response: { 200: PaymentPageState },
}

export const cancelPageRoute: Route<Pick<Deps, 'transaction' | 'publicUrl'>> = async (app, { deps }) => {
  app.post('/v1/pages/:id/cancel', { schema, config: { access: merchantAccess } }, async ({ params }) => {
    const page = await deps.transaction(async (tx) => tx.apply(cancel(await tx.pages.lock(params.id))))
    return pageView(page, deps.publicUrl)
  })
}
