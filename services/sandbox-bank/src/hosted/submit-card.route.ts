import { Id } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { inspectCard } from '../card/card.ts'
import { payPage } from '../charge/pay-page.ts'
import type { Deps } from '../deps.ts'
import { faultsOf } from '../fault/inject-faults.ts'
import { PageClosed } from '../page/errors.ts'
import { cardForm } from './card-form.ts'
import { readCard } from './card-input.ts'
import { orderOf } from './order-of.ts'
import { sendDocument, sendOnwards } from './show-page.ts'

const schema = { hide: true, params: Type.Object({ id: Id }) }

type Needs = Pick<Deps, 'pages' | 'transaction' | 'clock' | 'publicUrl' | 'settings'>

export const submitCardRoute: Route<Needs> = async (app, { deps }) => {
  app.post('/pages/:id', { schema, config: { access: anyone() } }, async (request, reply) => {
    const page = await deps.pages.get(request.params.id)
    if (page.status !== 'open') return sendOnwards(reply, deps, page)
    const card = readCard(request.body)
    const inspected = inspectCard(card, deps.clock.now())
    if ('problems' in inspected)
      return sendDocument(reply.status(400), page, cardForm(orderOf(deps, page), inspected.problems))
    try {
      return sendOnwards(reply, deps, await payPage(deps, page.id, card, faultsOf(request)))
    } catch (error) {
      // pressed twice, or in two windows: the page tells what the first one did
      if (error instanceof PageClosed) return sendOnwards(reply, deps, await deps.pages.get(page.id))
      throw error
    }
  })
}
