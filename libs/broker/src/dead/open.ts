import type { Logger } from '@slipway/observability'
import { PostgresDeadLetters } from '../transport/postgres/dead-letters.ts'
import { RabbitDeadLetters } from '../transport/rabbit/dead-letters.ts'
import { checkTransportSettings } from '../transport/create-transport.ts'
import type { BrokerSettings } from '../variables.ts'
import type { DeadLetters } from './dead-letters.ts'

interface OpenDeadLetters {
  settings: Pick<BrokerSettings, 'AMQP_URL' | 'EVENTS_DATABASE_URL'> & Partial<Pick<BrokerSettings, 'AMQP_PREFIX'>>
  /** Queues to look at: RabbitMQ does not list its own over AMQP. PostgreSQL knows them. */
  known: readonly string[]
  logger: Logger
}

/**
 * The dead letters of the platform that these settings lead to. Connects once; does not try again.
 *
 * @throws InvalidSettings when no broker is named, and what the driver throws when it cannot be reached
 */
export function openDeadLetters({ settings, known, logger }: OpenDeadLetters): Promise<DeadLetters> {
  checkTransportSettings(settings)
  const { AMQP_URL, AMQP_PREFIX = '', EVENTS_DATABASE_URL = '' } = settings
  return AMQP_URL
    ? RabbitDeadLetters.open({ url: AMQP_URL, prefix: AMQP_PREFIX, known, logger })
    : PostgresDeadLetters.open(EVENTS_DATABASE_URL, logger)
}
