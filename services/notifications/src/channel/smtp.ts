import { createTransport } from 'nodemailer'
import { Undeliverable, type Channel } from './channel.ts'

interface SmtpOptions {
  /** `smtps://user:password@host:465` */
  url: string
  from: string
  connections: number
}

/** E-mail by SMTP. A reply of the class 5xx to the recipient means that there is no such address. */
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
        const { permanent, command, response } = error as { permanent?: boolean; command?: string; response?: string }
        if (permanent && command === 'RCPT TO') throw new Undeliverable(response ?? 'The address was refused')
        throw error
      }
    },
    async close() {
      transport.close()
    },
  }
}
