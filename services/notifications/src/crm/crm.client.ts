import { createHmac } from 'node:crypto'
import { BaseClient, type ClientOptions } from '@slipway/s2s'
import type { Clock } from '@slipway/service-kit'
import type { Notice } from './notice.ts'

interface CrmOptions extends Omit<ClientOptions, 'name'> {
  /** `whsec_` and the key in base64. */
  secret: string
  clock: Clock
}

// #region client
/** The CRM’s side of it: an address, and a signature by which it knows us (https://www.standardwebhooks.com). */
export class CrmClient extends BaseClient {
  readonly #key: Buffer
  readonly #clock: Clock

  constructor({ secret, clock, ...options }: CrmOptions) {
    super({ ...options, name: 'crm' })
    this.#key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    this.#clock = clock
  }

  /** Safe to repeat: the CRM knows by the id what it was told already. @throws AppError of libs/s2s */
  tell({ id, type, occurredAt, data }: Notice): Promise<void> {
    const body = { type, occurredAt, data }
    const time = Math.floor(this.#clock.now().getTime() / 1_000)
    const signature = createHmac('sha256', this.#key)
      .update(`${id}.${time}.${JSON.stringify(body)}`)
      .digest('base64')
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(time), 'webhook-signature': `v1,${signature}` }
    return this.post('/events', { body, headers, idempotencyKey: id })
  }
}
// #endregion
