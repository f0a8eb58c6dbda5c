import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

export interface ProviderEvent {
  readonly provider: string
  readonly id: string
  readonly type: string
  /** Absent when it is about no payment of ours. */
  readonly paymentId?: string
}

export interface ProviderEventStore {
  /** False when it was taken in before. */
  add(event: ProviderEvent): Promise<boolean>
}

export const providerEventStore = (sql: Sql, clock: Clock): ProviderEventStore => ({
  async add({ provider, id, type, paymentId }) {
    const { rowCount } = await sql.query(
      `INSERT INTO provider_events (provider, event_id, type, payment_id, received_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [provider, id, type, paymentId, clock.now()],
    )
    return rowCount === 1
  },
})
