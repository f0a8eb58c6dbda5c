import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { PaymentCanceled, PaymentExpired, PaymentFailed } from '@slipway/contracts/acquiring'
import type { Tx } from '../deps.ts'
import { releaseCart } from './release-cart.ts'

type Payment = DataOf<typeof PaymentFailed>

export class ReleaseCart extends Job<Tx, Payment> {
  readonly name = 'release-cart'
  readonly on = [PaymentFailed, PaymentCanceled, PaymentExpired]

  async process({ data }: Event<Payment>, { tx }: JobContext<Tx>) {
    await releaseCart(tx, data.cartId, data.paymentId)
  }
}
