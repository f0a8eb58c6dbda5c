import { createOutbox, type EmitOptions, type NewEvent } from '@slipway/broker'
import { FilesClient } from '@slipway/contracts/files'
import { createDatabase, type Sql } from '@slipway/database'
import { clientOptions, ServiceTokens } from '@slipway/s2s'
import type { Platform } from '@slipway/service-kit'
import { PrismaClient } from '../prisma/generated/client.ts'
import { cartStore, type CartReader, type CartStore } from './cart/cart.store.ts'
import type { Settings } from './config.ts'
import { erasureStore, type ErasureStore } from './erasure/erasure.store.ts'
import { productImageStore, type ProductImageStore } from './product/product-image.store.ts'
import { productStore, type ProductStore } from './product/product.store.ts'

/** One transaction: its stores and the outbox share a connection. */
export interface Tx {
  readonly carts: CartStore
  readonly productImages: ProductImageStore
  readonly erasures: ErasureStore
  emit(event: NewEvent, options?: EmitOptions): Promise<void>
}

export type Deps = ReturnType<typeof buildDeps>

export function buildDeps(platform: Platform<Settings>) {
  const { settings, observability, clock, newId, dispatcher, createPool } = platform
  const currency = settings.CURRENCY
  const { service: source, traceparent } = observability
  const outbox = createOutbox({ source, traceparent, span: observability.span, now: () => clock.now(), newId })
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const calls = { ...clientOptions(settings), observability, dispatcher }
  const tokens = new ServiceTokens({
    ...calls,
    ssoUrl: settings.SSO_URL,
    metadataUrl: settings.SSO_METADATA_URL,
    scope: settings.CLIENT_SCOPE,
    clientId: settings.CLIENT_ID ?? source,
    clientSecret: settings.CLIENT_SECRET,
    clock,
  })
  const files = new FilesClient({ ...calls, name: 'files', baseUrl: settings.FILES_URL, tokens })
  const carts = (sql: Sql) => cartStore(sql, { clock, newId, currency })

  return {
    database,
    settings,
    observability,
    newId,
    currency,
    files,
    carts: carts(database.sql) as CartReader,
    products: productStore(database.prisma, clock) as ProductStore,
    transaction: <T>(work: (tx: Tx, sql: Sql) => Promise<T>) =>
      database.transaction(({ sql }) =>
        work(
          {
            carts: carts(sql),
            productImages: productImageStore(sql),
            erasures: erasureStore(sql, { clock }),
            emit: (...emitted) => outbox.emit(sql, ...emitted),
          },
          sql,
        ),
      ),
    async close() {
      await Promise.all([files.close(), tokens.close()])
    },
  }
}
