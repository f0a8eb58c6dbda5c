import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { UserDeleted } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'

type Deleted = DataOf<typeof UserDeleted>

/** Who erased themselves leaves nothing here, and is sent nothing any more. */
export class ForgetUser extends Job<Tx, Deleted> {
  readonly name = 'forget-user'
  readonly on = [UserDeleted]

  async process({ data }: Event<Deleted>, { tx }: JobContext<Tx>) {
    await tx.mailbox.remove(await tx.messages.removeOf(data.userId))
    await tx.recipients.remove(data.userId)
  }
}
