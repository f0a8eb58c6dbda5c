import type { Client } from './client.ts'
import { any } from './compare.ts'

/** Whether mails are kept where they can be read: in development, on a platform that has notifications. */
const hasMailbox = (client: Client) => client.isThere('/notifications/v1/mailbox')

const mailbox = (email: string) => `/notifications/v1/mailbox?to=${encodeURIComponent(email)}`

/** Whoever registers is mailed a link that proves their address. */
export async function verifyEmail(client: Client, user: { email: string }) {
  if (!(await hasMailbox(client))) return
  const { email } = user
  const text = (value: unknown) => typeof value === 'string' && value.includes('token=')
  const { items } = await client.until('find the link in my mailbox', {
    path: mailbox(email),
    status: 200,
    expected: {
      items: [{ id: any.id, to: email, subject: any.text, text, html: text, sentAt: any.time }],
      nextCursor: any.thing,
    },
  })
  const token = decodeURIComponent(/token=([^\s]+)/.exec(String(items[0].text))?.[1] ?? '')
  await client.step('follow it', {
    method: 'POST',
    path: '/sso/v1/email-verifications/confirm',
    body: { token },
    status: 204,
  })
  await client.step('see my address proven', {
    path: '/sso/v1/me',
    status: 200,
    expected: { ...user, emailVerified: true },
  })
}

export async function findReceipt(client: Client, email: string, paymentId: string) {
  if (!(await hasMailbox(client))) return
  const text = (value: unknown) => typeof value === 'string' && value.includes(paymentId)
  await client.until('find the receipt in my mailbox', {
    path: `${mailbox(email)}&limit=1`,
    status: 200,
    expected: {
      items: [{ id: any.id, to: email, subject: any.text, text, html: text, sentAt: any.time }],
      nextCursor: any.thing,
    },
  })
}
