import type { Logger } from '@slipway/observability'
import type { Channel } from './channel.ts'

/** In the place of a provider of text messages or push: says in the log that it would have sent, not what nor to whom. */
export const logged = (kind: string, logger: Pick<Logger, 'info'>): Channel => ({
  async send({ id, subject }) {
    logger.info({ message: { id, subject } }, `${kind} would be sent`)
  },
  async close() {},
})
