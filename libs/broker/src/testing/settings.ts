import type { BrokerSettings } from '../variables.ts'

/** The defaults, and what a test needs otherwise. */
export const testSettings = (settings: Partial<BrokerSettings>): BrokerSettings => ({
  AMQP_PREFIX: '',
  JOB_PREFETCH: 20,
  JOB_CONCURRENCY: 5,
  JOB_TIMEOUT_MS: 10_000,
  JOB_MAX_ATTEMPTS: 8,
  JOB_RETRY_DELAYS_MS: '1000',
  OUTBOX_BATCH_SIZE: 500,
  OUTBOX_BATCH_BYTES: 4_194_304,
  OUTBOX_POLL_MS: 1_000,
  OUTBOX_RETENTION_HOURS: 24,
  OUTBOX_UNROUTABLE_HOURS: 168,
  INBOX_RETENTION_HOURS: 24,
  ...settings,
})
