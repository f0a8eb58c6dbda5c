import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { UserDeleted } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'

type Deleted = DataOf<typeof UserDeleted>

/** Who erased themselves leaves nothing here but that they did, and is sent nothing any more. */
export class ForgetUser extends Job<Tx, Deleted> {
  readonly name = 'forget-user'
  readonly on = [UserDeleted]

  async process({ data: { userId } }: Event<Deleted>, { tx }: JobContext<Tx>) {
    await tx.erasures.ask(userId)
    // first: one that bounces at this moment has suppressed its address by the time that it can be removed
    const messages = await tx.messages.removeOf(userId)
    await tx.mailbox.remove(messages.map(({ id }) => id))
    const recipient = await tx.recipients.find(userId)
    await tx.suppressions.lift(messages.map(({ address }) => address).concat(recipient?.email ?? []))
    await tx.recipients.remove(userId)
  }
}
