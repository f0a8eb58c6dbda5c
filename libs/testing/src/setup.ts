import './reference/to-match-reference.ts'
import { inject } from 'vitest'
import { addressAt } from './network/allowed.ts'
import { blockNetwork } from './network/block-network.ts'

// Vitest runs this before each test file of a service: nothing is reached that a test does not ask for
const database = addressAt(inject('postgresUrl'))

const urlOf = (address: string) => `${address.startsWith('/') ? 'unix' : 'http'}://${address}`

blockNetwork((address) =>
  address === database
    ? 'PostgreSQL is there while a fixture of the service is in use, such as `api` or `deps` of its `test`.'
    : `Mock the answer with the fixture \`neighbours\`, or call \`network.allow('${urlOf(address)}')\` of the fixture ` +
      '`network` for a server that the test runs itself.',
)
