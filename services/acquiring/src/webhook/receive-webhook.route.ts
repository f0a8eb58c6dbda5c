import { signed, type App, type Route } from '@slipway/service-kit'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { logChange } from '../payment/log-change.ts'
import { recheckPayment } from '../payment/recheck-payment.ts'
import { takeInNotice, type TakenIn } from './take-in-notice.ts'

const schema = {
  summary: 'A provider tells what became of a payment',
  description: 'The signature is over the very bytes of the body. A duplicate is answered like the first.',
  tags: ['webhooks'],
  params: Type.Object({ provider: Type.String({ maxLength: 50 }) }),
  response: { 200: Type.Object({ received: Type.Literal(true) }) },
}
const access = signed('provider signature')

export const receiveWebhookRoute: Route<Deps> = async (app, { deps }) => {
  keepBodiesAsText(app)

  app.post('/webhooks/:provider', { schema, config: { access } }, async (request) => {
    const provider = deps.providers.get(request.params.provider)
    const body = typeof request.body === 'string' ? request.body : ''
    const notice = provider.readWebhook({ headers: request.headers, body, now: deps.clock.now() })
    const taken = await deps.transaction(async (tx) => {
      const taken = await takeInNotice(tx, provider.name, notice)
      tx.tally.told(provider.name, taken.outcome)
      return taken
    })
    report(request, notice.id, taken)
    // at once rather than with the next check, which does it if this process dies first
    const { recheck } = taken
    if (recheck) deps.afterwards(() => recheckPayment(deps, recheck, `webhook ${notice.id}`))
    return { received: true as const }
  })
}

/** A plugin is a scope of its own: other routes still get their bodies parsed. */
function keepBodiesAsText(app: App) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
}

function report({ log }: FastifyRequest, eventId: string, { outcome, before, after }: TakenIn) {
  if (before && after) logChange(log, before, after, `webhook ${eventId}`)
  else log[outcome === 'unknown payment' ? 'warn' : 'info']({ eventId, paymentId: before?.id }, `webhook: ${outcome}`)
}
