import { createOutbox, type NewEvent } from '@slipway/broker'
import { createDatabase, type Sql } from '@slipway/database'
import type { Platform } from '@slipway/service-kit'
import { PrismaClient } from '../prisma/generated/client.ts'
import { cartStore, type CartReader, type CartStore } from './cart/cart.store.ts'
import type { Settings } from './config.ts'
import { productStore, type ProductStore } from './product/product.store.ts'

/** One transaction: its stores and the outbox share a connection. */
export interface Tx {
  readonly carts: CartStore
  emit(event: NewEvent): Promise<void>
}

export type Deps = ReturnType<typeof buildDeps>

export function buildDeps({ settings, observability, clock, newId, createPool }: Platform<Settings>) {
  const currency = settings.CURRENCY
  const { service: source, traceparent } = observability
  const outbox = createOutbox({ source, traceparent, span: observability.span, now: () => clock.now(), newId })
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const carts = (sql: Sql) => cartStore(sql, { clock, newId, currency })

  return {
    database,
    settings,
    newId,
    currency,
    carts: carts(database.sql) as CartReader,
    products: productStore(database.prisma, clock) as ProductStore,
    transaction: <T>(work: (tx: Tx, sql: Sql) => Promise<T>) =>
      database.transaction(({ sql }) => work({ carts: carts(sql), emit: (event) => outbox.emit(sql, event) }, sql)),
  }
}
