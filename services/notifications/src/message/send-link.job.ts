import { Job, type DataOf, type Event, type EventType, type JobContext } from '@slipway/broker'
import { EmailVerificationRequested, PasswordResetRequested } from '@slipway/contracts/sso'
import type { Tx } from '../deps.ts'

type Link = DataOf<typeof EmailVerificationRequested>

/** The address is the event's own: somebody who was never heard of gets the mail, too. */
abstract class SendLink extends Job<Tx, Link> {
  abstract readonly template: 'verification' | 'reset'

  async process({ id, time, data }: Event<Link>, { tx }: JobContext<Tx>) {
    const { userId, email, token, expiresAt } = data
    if (await tx.erasures.isAsked(userId)) return
    await tx.recipients.remember(userId, email, new Date(time))
    await tx.messages.add({
      eventId: id,
      template: this.template,
      channel: 'email',
      address: email,
      userId,
      data: { token },
      expiresAt: new Date(expiresAt),
    })
  }
}

export class SendVerification extends SendLink {
  readonly name = 'send-verification'
  readonly template = 'verification'
  readonly on: readonly EventType<Link>[] = [EmailVerificationRequested]
}

export class SendPasswordReset extends SendLink {
  readonly name = 'send-password-reset'
  readonly template = 'reset'
  readonly on: readonly EventType<Link>[] = [PasswordResetRequested]
}
