import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { UserRegistered } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'

type Registered = DataOf<typeof UserRegistered>

/** Later events know only the user's id. */
export class RememberRecipient extends Job<Tx, Registered> {
  readonly name = 'remember-recipient'
  readonly on = [UserRegistered]

  async process({ data, time }: Event<Registered>, { tx }: JobContext<Tx>) {
    if (await tx.erasures.isAsked(data.userId)) return
    await tx.recipients.remember(data.userId, data.email, new Date(time))
  }
}
