import { defineEvent, Id } from '@slipway/contracts/primitives'
import { Type } from 'typebox'

// #region define
/** So many of a product are on the shelves. */
export const StockCounted = defineEvent(
  'warehouse.stock.counted.v1',
  Type.Object({ productId: Id, quantity: Type.Integer({ minimum: 0 }) }),
)
// #endregion

const OrderPackedV1 = defineEvent('warehouse.order.packed.v1', Type.Object({ orderId: Id, address: Type.String() }))

// #region next-version
/** An address has lines from here on. */
export const OrderPacked = defineEvent(
  'warehouse.order.packed.v2',
  Type.Object({ orderId: Id, address: Type.Array(Type.String()) }),
  { on: OrderPackedV1, upcast: ({ orderId, address }) => ({ orderId, address: address.split(', ') }) },
)
// #endregion

/** Only for tests: as a producer of before announces it. */
export const packedBefore = OrderPackedV1
