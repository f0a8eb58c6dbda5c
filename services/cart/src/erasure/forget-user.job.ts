import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { UserDeleted } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'

type Deleted = DataOf<typeof UserDeleted>

export class ForgetUser extends Job<Tx, Deleted> {
  readonly name = 'forget-user'
  readonly on = [UserDeleted]

  async process({ data: { userId } }: Event<Deleted>, { tx }: JobContext<Tx>) {
    await tx.erasures.ask(userId)
    await tx.erasures.forget()
  }
}
