import { PreferenceChanges, Preferences } from '@slipway/contracts/notifications'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { preferencesOf, UserNotFound } from './recipient.ts'

const schema = {
  summary: 'Change what the caller hears by which channel',
  tags: ['preferences'],
  body: PreferenceChanges,
  response: { 200: Preferences },
}

export const changePreferencesRoute: Route<Pick<Deps, 'transaction'>> = async (app, { deps }) => {
  app.patch('/v1/preferences', { schema, config: { access: user() } }, ({ caller, body }) =>
    deps.transaction(async ({ erasures, recipients }) => {
      if (await erasures.isAsked(caller.id)) throw new UserNotFound()
      return preferencesOf(await recipients.change(caller.id, body))
    }),
  )
}
