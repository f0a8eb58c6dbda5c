import { createTransport } from 'nodemailer'
import { Undeliverable, type Channel } from './channel.ts'

interface SmtpOptions {
  /** `smtps://user:password@host:465` */
  url: string
  from: string
  connections: number
}

/** What is wrong with the address itself: https://www.rfc-editor.org/rfc/rfc3463#section-3.2, 5.1.10 of RFC 7505. */
const noAddress = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10']
/** The same in the words of servers that know no such codes: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3 */
const noMailbox = ['550', '551', '553']

/** E-mail by SMTP. */
export function smtp({ url, from, connections }: SmtpOptions): Channel {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    connectionTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    async send({ id, address, subject, text, html }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
        })
      } catch (error) {
        const { command, response = '' } = error as { command?: string; response?: string }
        if (command === 'RCPT TO' && isNoAddress(response)) throw new Undeliverable(response)
        throw error
      }
    },
    async close() {
      transport.close()
    },
  }
}

/** Servers also answer the recipient with what is our fault, or passes: no relaying, a blocked client, a full mailbox. */
function isNoAddress(response: string): boolean {
  const [, reply = '', status] = /^(\d{3})(?:[ -](\d\.\d+\.\d+))?/.exec(response) ?? []
  return status ? noAddress.includes(status) : noMailbox.includes(reply)
}
