import { formatMoney } from '@slipway/contracts/primitives'
import { returnAddress, type PaymentPage } from '../page/page.ts'
import { html, type Html } from './html.ts'

/** A payment as the payer sees it. */
export interface Order {
  readonly page: PaymentPage
  readonly merchant: string
  /** Path of the page, where its forms go. */
  readonly path: string
}

export const price = ({ page }: Order) => formatMoney(page.amount)

export const backLink = ({ page, merchant }: Order, kind: 'back' | 'button' = 'back'): Html | undefined => {
  const address = returnAddress(page)
  return address === undefined ? undefined : html`<a class="${kind}" href="${address}">Return to ${merchant}</a>`
}

/** Brand and last digits: all that is known of the card. */
export const cardName = ({ card }: PaymentPage) => (card ? `${card.brand} •••• ${card.last4}` : 'No card')
