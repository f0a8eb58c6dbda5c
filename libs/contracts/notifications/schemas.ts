import { Type, type Static } from 'typebox'
import { Id, Page, StrictObject, Time } from '../primitives/index.ts'

export const Channel = Type.Enum(['email', 'sms', 'push'])
export type Channel = Static<typeof Channel>

/** What a user wants to hear by which channel. What concerns the account itself always goes by e-mail. */
export const Preferences = Type.Object({
  receipts: Type.Array(Channel, { description: 'Channels by which receipts come; none when empty' }),
  phone: Type.Union([Type.String(), Type.Null()], { description: 'For text messages, E.164' }),
  pushToken: Type.Union([Type.String(), Type.Null()], { description: 'Of the device that push goes to' }),
})
export type Preferences = Static<typeof Preferences>

export const PreferenceChanges = StrictObject(
  {
    receipts: Type.Optional(Type.Array(Channel, { uniqueItems: true, maxItems: 3 })),
    phone: Type.Optional(Type.Union([Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }), Type.Null()])),
    pushToken: Type.Optional(Type.Union([Type.String({ pattern: '^[\\w:.-]{1,400}$' }), Type.Null()])),
  },
  { minProperties: 1 },
)
export type PreferenceChanges = Static<typeof PreferenceChanges>

export const NotificationStatus = Type.Enum([
  'waiting',
  'sent',
  'failed',
  'bounced',
  'limited',
  'suppressed',
  'expired',
])
export type NotificationStatus = Static<typeof NotificationStatus>

/** What became of a message; never what it says. */
export const Notification = Type.Object({
  id: Id,
  userId: Id,
  template: Type.String(),
  channel: Channel,
  address: Type.String(),
  status: NotificationStatus,
  attempts: Type.Integer(),
  error: Type.Union([Type.String(), Type.Null()]),
  createdAt: Time,
  sentAt: Type.Union([Time, Type.Null()]),
})
export type Notification = Static<typeof Notification>

export const NotificationPage = Page(Notification)

/** A mail in the mailbox of development. */
export const Mail = Type.Object({
  id: Id,
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
  sentAt: Time,
})
export type Mail = Static<typeof Mail>

export const MailPage = Page(Mail)
