import { ssoContract } from '@slipway/contracts/sso'
import { checkContract } from '@slipway/testing'
import { test } from '../testing/test.ts'

test('SSO answers what its contract says', ({ api }) => {
  checkContract(api.routes, '/sso', ssoContract)
})
