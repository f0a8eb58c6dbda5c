import { serviceTest, type Neighbour, type TestClock } from '@slipway/testing'
import { acquiring } from '../app.ts'
import { Bank } from './bank.ts'
import { environment } from './environment.ts'
import { neighbours } from './neighbours.ts'
import { Shop } from './shop.ts'

interface Outside {
  bank: Bank
  shop: Shop
}

type Use<T> = (value: T) => Promise<void>
type World = { neighbours: { cart: Neighbour; sandboxBank: Neighbour }; clock: TestClock }

const bank = ({ neighbours, clock }: World, use: Use<Bank>) => use(new Bank(neighbours.sandboxBank, clock))
const shop = ({ neighbours }: World, use: Use<Shop>) => use(new Shop(neighbours.cart))

/** Each test has the whole service, the bank and the shop's cart; `test.fresh` for what happens at once. */
export const test = withNeighbours({})

/** The same with other settings. */
export function withNeighbours(settings: Record<string, string>) {
  const service = serviceTest(acquiring.definition, { neighbours, environment: { ...environment, ...settings } })
  return Object.assign(service.extend<Outside>({ bank: [bank, { auto: true }], shop: [shop, { auto: true }] }), {
    fresh: service.fresh.extend<Outside>({ bank: [bank, { auto: true }], shop: [shop, { auto: true }] }),
  })
}
