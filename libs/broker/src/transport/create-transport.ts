import { InvalidSettings } from '@slipway/config'
import type { Logger } from '@slipway/observability'
import type { BrokerSettings } from '../variables.ts'
import { PostgresTransport } from './postgres/postgres-transport.ts'
import { RabbitTransport } from './rabbit/rabbit-transport.ts'
import type { Transport } from './transport.ts'

/** @throws InvalidSettings when no broker is named */
export function checkTransportSettings({
  AMQP_URL,
  EVENTS_DATABASE_URL,
}: Pick<BrokerSettings, 'AMQP_URL' | 'EVENTS_DATABASE_URL'>): void {
  if (!AMQP_URL && !EVENTS_DATABASE_URL)
    throw new InvalidSettings([{ variable: 'AMQP_URL', reason: 'or EVENTS_DATABASE_URL is required' }])
}

export function createTransport(
  service: string,
  settings: BrokerSettings,
  retryDelaysMs: readonly number[],
  logger: Logger,
): Transport {
  const { AMQP_URL, AMQP_PREFIX, EVENTS_DATABASE_URL = '' } = settings
  return AMQP_URL
    ? new RabbitTransport({ url: AMQP_URL, name: service, prefix: AMQP_PREFIX, retryDelaysMs, logger })
    : new PostgresTransport({ url: EVENTS_DATABASE_URL, logger })
}
