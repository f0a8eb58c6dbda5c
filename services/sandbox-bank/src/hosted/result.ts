import { document } from './document.ts'
import { html, type Html } from './html.ts'
import { backLink, cardName, price, type Order } from './order.ts'

const sign = (kind: 'good' | 'bad' | 'plain', path: string) =>
  html`<svg
    class="sign ${kind}"
    viewBox="0 0 52 52"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="4"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <circle cx="26" cy="26" r="23" />
    <path d="${path}" />
  </svg>`

const check = sign('good', 'm16 27 7 7 14-15')
const cross = sign('bad', 'm18 18 16 16m0-16L18 34')
const dash = sign('plain', 'M16 26h20')

const declineReasons: Record<string, string> = {
  card_declined: 'The card was declined.',
  insufficient_funds: 'There is not enough money on the card.',
  authentication_failed: 'The payment was not confirmed.',
}

/** What became of the payment. */
export function result(order: Order): string {
  const { page, merchant } = order
  switch (page.status) {
    case 'paid':
      return render(
        order,
        check,
        'Payment received',
        `${merchant} has been told.${page.returnUrl === undefined ? ' You can close this page.' : ''}`,
      )
    case 'authorized':
      return render(
        order,
        check,
        'Payment authorised',
        `${merchant} has been told. The amount is held, and taken when ${merchant} says so.`,
      )
    case 'charged_back':
      return render(order, dash, 'Payment charged back', 'The card holder disputed the payment; the money went back.')
    case 'declined':
      return render(
        order,
        cross,
        'Payment declined',
        `${declineReasons[page.declineCode ?? ''] ?? 'The card was declined.'} Nothing has been charged.`,
      )
    default:
      return render(order, dash, 'Payment canceled', `${merchant} closed this payment. Nothing has been charged.`)
  }
}

function render(order: Order, icon: Html, title: string, text: string): string {
  const { page, merchant } = order
  return document(
    title,
    html`<main class="single">
      <section class="panel" aria-labelledby="result">
        ${icon}
        <h1 id="result">${title}</h1>
        <p class="lead">${text}</p>
        <div class="ask">
          <dl class="facts">
            <dt>Merchant</dt>
            <dd>${merchant}</dd>
            <dt>Amount</dt>
            <dd>${price(order)}</dd>
            ${
              page.card &&
              html`<dt>Card</dt>
                <dd>${cardName(page)}</dd>`
            }
            <dt>Reference</dt>
            <dd>${page.reference}</dd>
          </dl>
        </div>
        ${page.returnUrl === undefined ? undefined : html`<div class="actions">${backLink(order, 'button')}</div>`}
      </section>
    </main>`,
  )
}

/** Instead of a page that cannot be shown. */
export function failure(title: string, text: string): string {
  return document(
    title,
    html`<main class="single">
      <section class="panel" aria-labelledby="failure">
        ${dash}
        <h1 id="failure">${title}</h1>
        <p class="lead">${text}</p>
      </section>
    </main>`,
  )
}
