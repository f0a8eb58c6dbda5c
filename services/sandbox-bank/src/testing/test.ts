import { serviceTest } from '@slipway/testing'
import { sandboxBank } from '../app.ts'

export const apiKey = 'merchant-key-of-tests'
export const webhookSecret = 'webhook-secret-of-tests'

const environment = {
  SANDBOX_BANK_API_KEY: apiKey,
  WEBHOOK_URL: 'http://merchant.test/webhooks',
  WEBHOOK_SECRET: webhookSecret,
}

/** The whole bank, with no merchant that listens unless a test makes one. */
export const bankTest = (more: Record<string, string> = {}) =>
  serviceTest(sandboxBank.definition, { environment: { ...environment, ...more } })

export const test = bankTest()
