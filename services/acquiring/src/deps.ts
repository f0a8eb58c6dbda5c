import { createOutbox, type EmitOptions, type NewEvent } from '@slipway/broker'
import { CartClient } from '@slipway/contracts/cart'
import { createDatabase, type Sql } from '@slipway/database'
import { clientOptions, ServiceTokens } from '@slipway/s2s'
import type { Platform } from '@slipway/service-kit'
import { PrismaClient } from '../prisma/generated/client.ts'
import { checkoutStore, type CheckoutStore } from './checkout/checkout.store.ts'
import { currenciesOf } from './checkout/payable.ts'
import { originsOf } from './checkout/return-url.ts'
import type { Settings } from './config.ts'
import { erasureStore, type ErasureStore } from './erasure/erasure.store.ts'
import { idempotencyStore, type IdempotencyStore } from './idempotency/idempotency.store.ts'
import { ledgerReader } from './ledger/ledger-reader.ts'
import { ledgerStore, type LedgerStore } from './ledger/ledger.store.ts'
import { createPaymentMetrics, type Tally } from './payment/payment-metrics.ts'
import { recheckStore, type RecheckStore } from './payment/recheck.store.ts'
import { waitingNow } from './payment/waiting.ts'
import { paymentStore, type PaymentReader, type PaymentStore } from './payment/payment.store.ts'
import { createProviders } from './provider/providers.ts'
import { reconciliationReader } from './reconciliation/reconciliation-reader.ts'
import { reconciliationStore, type ReconciliationStore } from './reconciliation/reconciliation.store.ts'
import { refundStore, type RefundReader, type RefundStore } from './refund/refund.store.ts'
import { createAfterwards } from './webhook/afterwards.ts'
import { providerEventStore, type ProviderEventStore } from './webhook/provider-event.store.ts'

/** One transaction: its stores and the outbox share a connection. */
export interface Tx {
  readonly payments: PaymentStore
  readonly rechecks: RecheckStore
  readonly checkouts: CheckoutStore
  readonly refunds: RefundStore
  readonly ledger: LedgerStore
  readonly providerEvents: ProviderEventStore
  readonly idempotency: IdempotencyStore
  readonly reconciliations: ReconciliationStore
  readonly erasures: ErasureStore
  readonly tally: Tally
  emit(event: NewEvent, options?: EmitOptions): Promise<void>
}

export type Deps = ReturnType<typeof buildDeps>

export function buildDeps(platform: Platform<Settings>) {
  const { settings, observability, clock, newId, dispatcher, createPool } = platform
  const { service: source, traceparent } = observability
  const outbox = createOutbox({ source, traceparent, span: observability.span, now: () => clock.now(), newId })
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const leaseMs = 2 * settings.S2S_TIMEOUT_MS // an attempt shows life before each call
  const stores = (sql: Sql) => ({
    payments: paymentStore(sql, clock),
    rechecks: recheckStore(sql, clock, newId),
    checkouts: checkoutStore(sql, clock),
    refunds: refundStore(sql, clock, newId),
    ledger: ledgerStore(sql, clock, newId),
    providerEvents: providerEventStore(sql, clock),
    reconciliations: reconciliationStore(sql, clock, newId),
    erasures: erasureStore(sql, clock),
    idempotency: idempotencyStore(sql, { clock, newId, leaseMs }),
  })
  const { payments, refunds, idempotency } = stores(database.sql)

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
  const cart = new CartClient({ ...calls, name: 'cart', baseUrl: settings.CART_URL, tokens })
  const providers = createProviders(platform)
  const tally = createPaymentMetrics(observability.metrics, () => waitingNow(database.sql, clock))
  const afterwards = createAfterwards(observability)

  return {
    database,
    observability,
    clock,
    newId,
    cart,
    providers,
    idempotency,
    payments: payments as PaymentReader,
    refunds: refunds as RefundReader,
    captureMode: settings.PAYMENT_CAPTURE,
    patience: {
      payMs: settings.PAYMENT_TTL_MINUTES * 60_000,
      captureMs: settings.AUTHORIZATION_TTL_HOURS * 3_600_000,
    },
    idempotencyWaitMs: settings.IDEMPOTENCY_WAIT_MS,
    returnOrigins: originsOf(settings) ?? [],
    currencies: currenciesOf(settings.PAYMENT_CURRENCIES) ?? [],
    async transaction<T>(work: (tx: Tx, sql: Sql) => Promise<T>): Promise<T> {
      const counted = tally()
      const result = await database.transaction(({ sql }) =>
        work({ ...stores(sql), tally: counted, emit: (...emitted) => outbox.emit(sql, ...emitted) }, sql),
      )
      counted.committed()
      return result
    },
    ledger: ledgerReader(database.sql),
    reconciliation: {
      reader: reconciliationReader(database.sql),
      periodMs: settings.RECONCILIATION_PERIOD_MINUTES * 60_000,
      delayMs: settings.RECONCILIATION_DELAY_MINUTES * 60_000,
    },
    afterwards: afterwards.run,
    async close() {
      await afterwards.idle()
      await Promise.all([cart.close(), tokens.close(), providers.close()])
    },
  }
}
