import { BankClock } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { merchantAccess } from '../merchant/api-key.ts'

const schema = {
  summary: 'Set how far the bank’s clock is ahead: retries of webhooks, disputes and settlement go by it',
  tags: ['merchant'],
  body: BankClock,
  response: { 200: BankClock },
}

export const moveClockRoute: Route<Pick<Deps, 'clock' | 'agenda'>> = async (app, { deps }) => {
  app.put('/v1/clock', { schema, config: { access: merchantAccess } }, async ({ body }) => {
    deps.clock.moveTo(body.aheadSeconds)
    deps.agenda.wake()
    return { aheadSeconds: deps.clock.aheadSeconds }
  })
}
