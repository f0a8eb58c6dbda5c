import { Preferences } from '@slipway/contracts/notifications'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { newcomer, preferencesOf } from './recipient.ts'

const schema = {
  summary: 'What the caller hears by which channel',
  tags: ['preferences'],
  response: { 200: Preferences },
}

export const getPreferencesRoute: Route<Pick<Deps, 'recipients'>> = async (app, { deps }) => {
  app.get('/v1/preferences', { schema, config: { access: user() } }, async ({ caller }) =>
    preferencesOf((await deps.recipients.find(caller.id)) ?? newcomer(caller.id)),
  )
}
