import { Job, type Event, type EventType, type JobContext } from '@slipway/broker'
import { CartPaid } from '@slipway/contracts/cart'
import { UserDeleted, UserRegistered } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'
import { noticeOf, type Told } from './notice.ts'

// #region job
/** Writes down what the CRM is to be told: nothing goes over the network inside of a transaction. */
export class TellCrm extends Job<Tx, Told> {
  readonly name = 'tell-crm'
  readonly on = [UserRegistered, CartPaid, UserDeleted] as readonly EventType<Told>[]

  async process(event: Event<Told>, { tx }: JobContext<Tx>) {
    await tx.notices.add(noticeOf(event))
  }
}
// #endregion
