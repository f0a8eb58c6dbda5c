import type { Mail } from '@slipway/contracts/notifications'
import { anyone, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { html } from '../template/html.ts'

const schema = { hide: true }
const shown = 50

/** `/notifications/mailbox`: a page for people, where the mails of development are read. */
export const showMailboxRoute: Route<Pick<Deps, 'mailbox'>> = async (app, { deps }) => {
  app.get('/mailbox', { schema, config: { access: anyone() } }, async (_request, reply) => {
    const mails = await deps.mailbox.list(shown, {})
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page(mails))
  })
}

const page = (mails: readonly Mail[]) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
article { border: 1px solid #dde3ea; border-radius: .5rem; padding: 0 1rem; margin: 1rem 0 } small { color: #5b6875 }
p { overflow-wrap: anywhere }</style>
<h1>Mailbox</h1><p>The latest ${shown} mails. Nothing of it was sent: this is development.</p>
${mails.map(article).join('\n') || '<p>There is nothing yet: register somebody, ask for a new password, pay.</p>'}
</html>`

/** `html` of a mail is our own template’s, whose values are escaped. */
const article = ({ subject, to, sentAt, html: body }: Mail) =>
  `<article>${html`<h2>${subject}</h2>
    <small>to ${to}, ${sentAt}</small>`}${body}</article>`
