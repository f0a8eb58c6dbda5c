import { filesContract } from '@slipway/contracts/files'
import { checkContract } from '@slipway/testing'
import { test } from '../testing/test.ts'

test('files answers what its contract says', ({ api }) => {
  checkContract(api.routes, '/files', filesContract)
})
