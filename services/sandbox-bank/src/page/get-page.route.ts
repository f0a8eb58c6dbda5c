import { Id } from '@slipway/contracts/primitives'
import { PaymentPageState } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { pageView } from './page.view.ts'

const schema = {
  summary: 'A payment page',
  tags: ['merchant'],
  params: Type.Object({ id: Id }),
  response: { 200: PaymentPageState },
}

export const getPageRoute: Route<Pick<Deps, 'pages' | 'publicUrl'>> = async (app, { deps }) => {
  app.get('/v1/pages/:id', { schema, config: { access: merchantAccess } }, async ({ params }) =>
    pageView(await deps.pages.get(params.id), deps.publicUrl),
  )
}
