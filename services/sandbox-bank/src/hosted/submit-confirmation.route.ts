import { Id } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { confirmPage } from '../charge/pay-page.ts'
import type { Deps } from '../deps.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { PageClosed } from '../page/errors.ts'
import { readAnswer } from './card-input.ts'
import { sendOnwards } from './show-page.ts'

const schema = { hide: true, params: Type.Object({ id: Id }) }

type Needs = Pick<Deps, 'pages' | 'transaction' | 'clock' | 'publicUrl' | 'settings'>

export const submitConfirmationRoute: Route<Needs> = async (app, { deps }) => {
  app.post('/pages/:id/confirm', { schema, config: { access: anyone() } }, async (request, reply) => {
    const { id } = request.params
    const accept = readAnswer(request.body)
    if (accept === undefined) return sendOnwards(reply, deps, await deps.pages.get(id))
    try {
      return sendOnwards(reply, deps, await confirmPage(deps, id, accept, faultsOf(request)))
    } catch (error) {
      if (error instanceof PageClosed) return sendOnwards(reply, deps, await deps.pages.get(id))
      throw error
    }
  })
}
