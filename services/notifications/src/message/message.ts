import type { Channel, NotificationStatus } from '@slipway/contracts/notifications'
import type { Template, TemplateData } from '../template/templates.ts'

/** A message that an event asks for. */
export type NewMessage = {
  [Name in Template]: {
    /** The event's id: it asks for each template by each channel once. */
    eventId: string
    template: Name
    channel: Channel
    address: string
    userId: string
    data: TemplateData[Name]
    /** After that it is of no use. */
    expiresAt?: Date
  }
}[Template]

export type Message = NewMessage & { id: string; attempts: number }

export type Outcome =
  { status: Exclude<NotificationStatus, 'waiting'>; error?: string } | { retryAt: Date; error: string }

/** Ten delays double, 85 minutes in all; 25 are an hour each. The last attempt is 26 hours after the first. */
export const maxAttempts = 36
const firstDelayMs = 5_000
const longestDelayMs = 3_600_000

/** Whether a new message waits to be sent, or why it is not. */
export function admit({ suppressed, recent, limit }: { suppressed: boolean; recent: number; limit: number }) {
  if (suppressed) return 'suppressed'
  return recent >= limit ? 'limited' : 'waiting'
}

/** After a failed attempt: another one, each time later, or none. */
export function afterFailure({ attempts }: Pick<Message, 'attempts'>, error: string, now: Date): Outcome {
  if (attempts >= maxAttempts) return { status: 'failed', error }
  const delayMs = Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs)
  return { retryAt: new Date(now.getTime() + delayMs), error }
}

export const isExpired = ({ expiresAt }: Pick<Message, 'expiresAt'>, now: Date) =>
  expiresAt !== undefined && expiresAt <= now
