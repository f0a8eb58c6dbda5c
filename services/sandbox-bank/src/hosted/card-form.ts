import type { CardProblem } from '../card/card.ts'
import { grouped, testCards } from '../card/test-card.ts'
import { document } from './document.ts'
import { html, type Html } from './html.ts'
import { backLink, price, type Order } from './order.ts'

interface Field {
  name: CardProblem['field']
  label: string
  autocomplete: string
  placeholder: string
  maxlength: number
}

const number: Field = {
  name: 'card',
  label: 'Card number',
  autocomplete: 'cc-number',
  placeholder: '1234 1234 1234 1234',
  maxlength: 23,
}
const expiry: Field = {
  name: 'expiry',
  label: 'Expiry date',
  autocomplete: 'cc-exp',
  placeholder: 'MM / YY',
  maxlength: 9,
}
const code: Field = {
  name: 'cvc',
  label: 'Security code',
  autocomplete: 'cc-csc',
  placeholder: '3 digits',
  maxlength: 4,
}

const padlock = html`<svg viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
  <path d="M8 1a4 4 0 0 0-4 4v2H3v8h10V7h-1V5a4 4 0 0 0-4-4Zm2.2 6H5.8V5a2.2 2.2 0 0 1 4.4 0Z" />
</svg>`

/** The payment page. What was typed before is never shown again: after a mistake the fields are empty. */
export function cardForm(order: Order, problems: readonly CardProblem[] = []): string {
  const { page, merchant, path } = order
  const field = (which: Field) => renderField(which, problems, problems[0]?.field === which.name)
  return document(
    `${problems.length > 0 ? 'Error: ' : ''}Pay ${price(order)} to ${merchant}`,
    html`<main class="page">
      <section class="order" aria-labelledby="order">
        <h1 id="order">Pay ${merchant}</h1>
        <p class="amount">${price(order)}</p>
        <dl class="facts">
          <dt>Reference</dt>
          <dd>${page.reference}</dd>
        </dl>
      </section>
      <section class="form panel" aria-labelledby="card-details">
        <h2 id="card-details">Pay by card</h2>
        ${problems.length > 0 ? renderAlert : undefined}
        <form method="post" action="${path}" novalidate>
          ${field(number)}
          <div class="pair">${field(expiry)} ${field(code)}</div>
          <div class="actions"><button type="submit">${padlock} Pay ${price(order)}</button></div>
        </form>
        <p class="fine">No real money moves. Never type a real card here.</p>
        ${backLink(order)}
      </section>
      <aside class="cards" aria-labelledby="test-cards">
        <h2 id="test-cards">Test cards</h2>
        <p>With any future expiry date and any 3 digits.</p>
        <ul>
          ${testCards.map(({ number, meaning }) => html`<li><code>${grouped(number)}</code> <span>${meaning}</span></li>`)}
        </ul>
      </aside>
    </main>`,
  )
}

const renderAlert = html`<p class="alert" role="alert">
  Nothing has been charged. Please correct what is marked and enter your card again.
</p>`

function renderField(
  { name, label, autocomplete, placeholder, maxlength }: Field,
  problems: readonly CardProblem[],
  first: boolean,
): Html {
  const problem = problems.find(({ field }) => field === name)
  const wrong = problem && html` aria-invalid="true" aria-describedby="${name}-wrong"`
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="text"
      inputmode="numeric"
      autocomplete="${autocomplete}"
      placeholder="${placeholder}"
      maxlength="${maxlength}"
      required${wrong}${first ? html` autofocus` : undefined}
    />
    ${problem && html`<span class="wrong" id="${name}-wrong">${problem.message}</span>`}
  </div>`
}
