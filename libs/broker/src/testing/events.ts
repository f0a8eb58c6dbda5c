import { Type } from 'typebox'
import type { EventType } from '../event.ts'

export interface Shipped {
  orderId: string
  parcels: number
}

/** An event type of the tests. */
export const OrderShipped: EventType<Shipped> = {
  type: 'shop.order.shipped.v1',
  data: Type.Object(
    { orderId: Type.String({ format: 'uuid' }), parcels: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
}

export const orderId = '0196a3b0-0000-7000-8000-000000000001'

/** One of many: `parcels` tells them apart. */
export const shipped = (parcels = 1) => ({ on: OrderShipped, subject: orderId, data: { orderId, parcels } })
