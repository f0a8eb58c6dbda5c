import { Job, type Event, type JobContext } from '@slipway/broker'
import { FileDeleted, FileExpired, FileReady, type FileEvent } from '@slipway/contracts/files'
import type { Tx } from '../deps.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A user’s picture is the one that Files calls ready, until Files says that it is gone; in whatever order that comes. */
export class KeepAvatar extends Job<Tx, FileEvent> {
  readonly name = 'keep-avatar'
  readonly on = [FileReady, FileExpired, FileDeleted]

  override isTriggered({ data }: Event<FileEvent>) {
    return data.ownerService === 'sso' && data.purpose === 'avatar' && uuid.test(data.subject)
  }

  async process({ type, version = 0, data: { fileId, subject } }: Event<FileEvent>, { tx }: JobContext<Tx>) {
    await tx.avatars.note({ userId: subject, fileId, version, ready: type === FileReady.type })
  }
}
