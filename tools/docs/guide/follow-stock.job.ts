import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { StockCounted } from './events.ts'
import type { Tx } from './deps.ts'

// #region any-order
type Counted = DataOf<typeof StockCounted>

/** Keeps the newest count, in whatever order and however often the counts come. */
export class FollowStock extends Job<Tx, Counted> {
  readonly name = 'follow-stock'
  readonly on = [StockCounted]

  async process({ data, version = 0 }: Event<Counted>, { tx }: JobContext<Tx>) {
    await tx.sql.query(
      `INSERT INTO stock (product_id, quantity, version) VALUES ($1, $2, $3)
       ON CONFLICT (product_id) DO UPDATE SET quantity = excluded.quantity, version = excluded.version
       WHERE stock.version < excluded.version`,
      [data.productId, data.quantity, version],
    )
  }
}
// #endregion
