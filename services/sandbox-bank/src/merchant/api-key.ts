import { createHash, timingSafeEqual } from 'node:crypto'
import { signed, type App } from '@slipway/service-kit'
import { ApiKeyRefused } from './errors.ts'

/** Access of every route behind `requireApiKey`. */
export const merchantAccess = signed('merchant API key')

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Lets only the holder of the key into this scope. Digests have one length, so the comparison takes one time. */
export function requireApiKey(scope: App, apiKey: string) {
  const expected = digest(`Bearer ${apiKey}`)
  scope.addHook('onRequest', async ({ headers: { authorization = '' } }) => {
    if (!timingSafeEqual(digest(authorization), expected)) throw new ApiKeyRefused()
  })
}
