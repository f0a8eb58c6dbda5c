import { PaymentPageState, Reference } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { pageView } from './page.view.ts'

const schema = {
  summary: 'The payment page that was opened for a merchant’s reference',
  tags: ['merchant'],
  params: Type.Object({ reference: Reference }),
  response: { 200: PaymentPageState },
}

export const findPageRoute: Route<Pick<Deps, 'pages' | 'publicUrl'>> = async (app, { deps }) => {
  app.get('/v1/pages/by-reference/:reference', { schema, config: { access: merchantAccess } }, async ({ params }) =>
    pageView(await deps.pages.byReference(params.reference), deps.publicUrl),
  )
}
