import { expect, test } from 'vitest'
import { checkSettings } from './config.ts'

test('the bank refuses to run in production, and to guess at faults', () => {
  const check = () => checkSettings({ NODE_ENV: 'production', BANK_FAULTS: 'explode' })
  expect(check).toThrow(/NODE_ENV must not be production: the sandbox bank moves no money/)
  expect(check).toThrow(/BANK_FAULTS must be a list of timeout-after-charging, /)
  expect(() => checkSettings({ NODE_ENV: 'development', BANK_FAULTS: 'no-webhook, late-webhook' })).not.toThrow()
})
