import type { Database } from '@slipway/database'
import type { Observability } from '@slipway/observability'
import type { Transport } from '../transport/transport.ts'
import type { BrokerSettings } from '../variables.ts'
import { DirectConnection } from './direct-connection.ts'
import { createOutboxMetrics } from './metrics.ts'
import { outboxChannel } from './channel.ts'
import { Relay } from './relay.ts'
import { OutboxStore } from './store.ts'

interface RelayParts {
  service: string
  settings: Pick<BrokerSettings, 'OUTBOX_BATCH_SIZE' | 'OUTBOX_BATCH_BYTES' | 'OUTBOX_POLL_MS'>
  database: Pick<Database<unknown>, 'sql' | 'directUrl'>
  observability: Pick<Observability, 'logger' | 'metrics'>
  transport: Pick<Transport, 'publish' | 'ready'>
}

/** A relay on a connection of its own: jobs that hold the whole pool do not hold up events. */
export function startRelay({ service, settings, database, observability, transport }: RelayParts) {
  const { logger, metrics } = observability
  const connection = new DirectConnection({
    url: database.directUrl,
    name: `${service} relay`,
    channel: outboxChannel,
    logger,
    onNotify: () => relay.wake(),
  })
  const forMetrics = new OutboxStore(database.sql)
  const relay = new Relay({
    store: new OutboxStore(connection),
    transport,
    metrics: createOutboxMetrics(metrics, () => forMetrics.backlog()),
    logger,
    batchSize: settings.OUTBOX_BATCH_SIZE,
    batchBytes: settings.OUTBOX_BATCH_BYTES,
    pollMs: settings.OUTBOX_POLL_MS,
  })
  relay.start()
  return {
    /** Resolves when the batch in hand is confirmed and marked. */
    async stop() {
      await relay.stop()
      await connection.close()
    },
  }
}
