import { Job, NonRetryable, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { OrderPacked } from './events.ts'
import type { Tx } from './deps.ts'

type Packed = DataOf<typeof OrderPacked>

// #region non-retryable
export class ShipOrder extends Job<Tx, Packed> {
  readonly name = 'ship-order'
  readonly on = [OrderPacked]
  override readonly timeoutMs = 5_000

  override isTriggered({ data }: Event<Packed>) {
    return data.address[0] !== 'collects it'
  }

  async process({ data }: Event<Packed>, { tx }: JobContext<Tx>) {
    if (data.address.length < 2) throw new NonRetryable('Nobody can be found by a single line') // no attempt will help
    await tx.sql.query('INSERT INTO shipment VALUES ($1, $2)', [data.orderId, data.address.join('\n')]) // may help later
  }
}
// #endregion
