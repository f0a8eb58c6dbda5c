import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { PaymentCaptured } from '@slipway/contracts/acquiring'
import type { Tx } from '../deps.ts'
import { receiptAddresses, RecipientUnknown } from '../recipient/recipient.ts'

type Captured = DataOf<typeof PaymentCaptured>

/** By each channel that the user wants. The event knows only who, so that it waits until their address is told. */
export class SendReceipt extends Job<Tx, Captured> {
  readonly name = 'send-receipt'
  readonly on = [PaymentCaptured]

  async process({ id, data }: Event<Captured>, { tx }: JobContext<Tx>) {
    const { userId, paymentId, amount, captured = amount } = data
    if (await tx.erasures.isAsked(userId)) return
    const recipient = await tx.recipients.find(userId)
    if (!recipient) throw new RecipientUnknown(userId)
    for (const [channel, address] of receiptAddresses(recipient))
      await tx.messages.add({
        eventId: id,
        template: 'receipt',
        channel,
        address,
        userId,
        data: { amount: captured, paymentId },
      })
  }
}
