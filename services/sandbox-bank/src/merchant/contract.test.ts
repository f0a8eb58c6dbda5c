import { sandboxBankContract } from '@slipway/contracts/sandbox-bank'
import { checkContract } from '@slipway/testing'
import { test } from '../testing/test.ts'

test('the bank answers what its contract says', ({ api }) => {
  checkContract(api.routes, '/sandbox-bank', sandboxBankContract)
})
