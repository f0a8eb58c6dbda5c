import type { Notification } from '@slipway/contracts/notifications'
import type { Message } from './message.ts'

export interface MessageRow {
  id: string
  event_id: string
  template: Message['template']
  channel: Message['channel']
  address: string
  user_id: string
  data: Message['data'] | null
  status: Notification['status']
  attempts: number
  expires_at: Date | null
  sent_at: Date | null
  error: string | null
  created_at: Date
}

/** A waiting one: it still has its data. */
export const fromRow = (row: MessageRow) =>
  ({
    id: row.id,
    eventId: row.event_id,
    template: row.template,
    channel: row.channel,
    address: row.address,
    userId: row.user_id,
    data: row.data,
    attempts: row.attempts,
    expiresAt: row.expires_at ?? undefined,
  }) as Message

export const notificationOf = (row: MessageRow): Notification => ({
  id: row.id,
  userId: row.user_id,
  template: row.template,
  channel: row.channel,
  address: row.address,
  status: row.status,
  attempts: row.attempts,
  error: row.error,
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
})
