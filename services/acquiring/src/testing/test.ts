import { serviceTest, type Neighbours, type TestClock } from '@slipway/testing'
import { acquiring } from '../app.ts'
import { Bank } from './bank.ts'
import { environment } from './environment.ts'
import { Shop } from './shop.ts'

interface Outside {
  bank: Bank
  shop: Shop
}

type Use<T> = (value: T) => Promise<void>
type World = { neighbours: Neighbours; clock: TestClock }

const bank = ({ neighbours, clock }: World, use: Use<Bank>) => use(new Bank({ neighbours, clock }))
const shop = ({ neighbours }: World, use: Use<Shop>) => use(new Shop(neighbours))

/** Each test has the whole service, the bank and the shop's cart; `test.fresh` for what happens at once. */
export const test = withNeighbours({})

/** The same with other settings. */
export function withNeighbours(settings: Record<string, string>) {
  const service = serviceTest(acquiring.definition, { environment: { ...environment, ...settings } })
  return Object.assign(service.extend<Outside>({ bank: [bank, { auto: true }], shop: [shop, { auto: true }] }), {
    fresh: service.fresh.extend<Outside>({ bank: [bank, { auto: true }], shop: [shop, { auto: true }] }),
  })
}
