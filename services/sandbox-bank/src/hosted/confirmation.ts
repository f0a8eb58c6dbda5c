import { document } from './document.ts'
import { html } from './html.ts'
import { cardName, price, type Order } from './order.ts'

/** The card holder’s bank asks whether it is them, in the way of 3-D Secure. */
export function confirmation(order: Order): string {
  const { page, merchant, path } = order
  return document(
    `Confirm your payment of ${price(order)}`,
    html`<main class="single">
      <section class="panel" aria-labelledby="confirm">
        <h1 id="confirm">Confirm it’s you</h1>
        <p class="lead">Your bank asks you to confirm this payment before any money moves.</p>
        <div class="ask">
          <dl class="facts">
            <dt>Merchant</dt>
            <dd>${merchant}</dd>
            <dt>Amount</dt>
            <dd>${price(order)}</dd>
            <dt>Card</dt>
            <dd>${cardName(page)}</dd>
          </dl>
        </div>
        <form method="post" action="${path}/confirm" class="actions">
          <button type="submit" name="accept" value="true">Confirm payment</button>
          <button type="submit" name="accept" value="false" class="quiet">Reject</button>
        </form>
        <p class="fine">A real bank would ask for a code or a fingerprint here.</p>
      </section>
    </main>`,
  )
}
