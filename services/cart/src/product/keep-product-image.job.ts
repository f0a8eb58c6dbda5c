import { Job, type Event, type JobContext } from '@slipway/broker'
import { FileDeleted, FileExpired, FileReady, type FileEvent } from '@slipway/contracts/files'
import type { Tx } from '../deps.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A product’s picture is where Files says that it is, until Files says that it is gone; in whatever order that comes. */
export class KeepProductImage extends Job<Tx, FileEvent> {
  readonly name = 'keep-product-image'
  readonly on = [FileReady, FileExpired, FileDeleted]

  override isTriggered({ data }: Event<FileEvent>) {
    return data.ownerService === 'cart' && data.purpose === 'product-image' && uuid.test(data.subject)
  }

  async process({ type, version = 0, data: { fileId, subject, url } }: Event<FileEvent>, { tx }: JobContext<Tx>) {
    await tx.productImages.note({
      productId: subject,
      fileId,
      version,
      url: type === FileReady.type ? url : undefined,
    })
  }
}
