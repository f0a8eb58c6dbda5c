import { createDatabase, type Sql } from '@slipway/database'
import type { Platform } from '@slipway/service-kit'
import { Agent } from 'undici'
import { PrismaClient } from '../prisma/generated/client.ts'
import { Agenda } from './agenda/agenda.ts'
import { ChargeStore } from './charge/charge.store.ts'
import { bankClock } from './clock/bank-clock.ts'
import { DisputeStore } from './charge/dispute.store.ts'
import { Disputes } from './charge/disputes.ts'
import type { Settings } from './config.ts'
import { parseFaults } from './fault/fault.ts'
import { randomFaults } from './fault/random-faults.ts'
import { applyChange } from './page/apply-change.ts'
import type { PageChange, PaymentPage } from './page/page.ts'
import { LockedPages, PageStore, type PrismaTransaction } from './page/page.store.ts'
import type { Refund } from './refund/refund.ts'
import { RefundStore } from './refund/refund.store.ts'
import { SettlementStore } from './settlement/settlement.store.ts'
import { DeliveryStore } from './webhook/delivery.store.ts'
import { WebhookSender } from './webhook/webhook-sender.ts'
import { WebhookStore } from './webhook/webhook.store.ts'

/** One transaction: its stores share a connection. */
export interface Tx {
  readonly pages: LockedPages
  readonly charges: ChargeStore
  readonly refunds: RefundStore
  /** Writes a change down with all that follows from it. */
  apply(change: PageChange, refund?: Refund): Promise<PaymentPage>
}

export type RunTransaction = <T>(work: (tx: Tx, sql: Sql) => Promise<T>) => Promise<T>

export type Deps = ReturnType<typeof buildDeps>

export function buildDeps({
  settings,
  observability,
  clock: realClock,
  newId,
  dispatcher,
  createPool,
}: Platform<Settings>) {
  const clock = bankClock(realClock)
  const { traceparent, logger } = observability
  const database = createDatabase({
    settings,
    observability,
    createPool,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })
  const faults = {
    always: parseFaults(settings.BANK_FAULTS),
    random: randomFaults({ percent: settings.BANK_FAULT_PERCENT, seed: settings.BANK_FAULT_SEED }),
  }
  const publicUrl = settings.PUBLIC_URL
  const context = { clock, newId, publicUrl, faults: faults.always, traceparent }

  const open = (connection: PrismaTransaction): Tx => {
    const stores = {
      pages: new LockedPages(connection),
      charges: new ChargeStore(connection),
      refunds: new RefundStore(connection),
      webhooks: new WebhookStore(connection),
    }
    return { ...stores, apply: (change, refund) => applyChange(stores, context, change, refund) }
  }
  /** What a change announces or plans is looked at as soon as it is committed. */
  const transaction: RunTransaction = async (work) => {
    const result = await database.transaction((connection) => work(open(connection), connection.sql))
    agenda.wake()
    return result
  }

  const network = dispatcher ?? new Agent({ connect: { timeout: 3_000 } })
  const sender = new WebhookSender({
    deliveries: new DeliveryStore(database.sql),
    merchant: { url: settings.WEBHOOK_URL, secret: settings.WEBHOOK_SECRET },
    dispatcher: network,
    clock,
    realClock,
    observability,
  })
  const disputes = new Disputes({ disputes: new DisputeStore(database.sql), transaction, clock })
  const agenda = new Agenda({ items: [disputes, sender], clock, logger })

  return {
    settings,
    clock,
    newId,
    faults,
    publicUrl,
    agenda,
    pages: new PageStore(database.prisma),
    settlement: new SettlementStore(database.sql),
    transaction,
    database: {
      ...database,
      /** The agenda uses it to the last. */
      async close() {
        await agenda.stop()
        if (!dispatcher) await network.close()
        await database.close()
      },
    },
  }
}
