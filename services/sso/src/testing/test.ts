import type { Environment } from '@slipway/config'
import { filesContract } from '@slipway/contracts/files'
import { serviceTest } from '@slipway/testing'
import { sso } from '../app.ts'

export const clientSecrets = { cart: 'cart-secret-for-tests', acquiring: 'acquiring: 100% secret+' }

const usual = {
  SIGNING_KEY_SECRET: 'signing key secret for tests only',
  SERVICE_CLIENTS: `cart:${clientSecrets.cart},acquiring:${clientSecrets.acquiring}`,
  PASSWORD_HASH_MEMORY_KIB: '1024',
  PASSWORD_HASH_PASSES: '1',
  PASSWORD_MIN_SCORE: '0', // the judge takes half a second to start
  TRUST_PROXY: 'true',
}

/** Whom SSO calls. */
export const neighbours = { files: filesContract }

/** A `test` of the service with some settings of its own. */
export const ssoTest = (environment: Environment = {}) =>
  serviceTest(sso.definition, { neighbours, environment: { ...usual, ...environment } })

export const test = ssoTest()
