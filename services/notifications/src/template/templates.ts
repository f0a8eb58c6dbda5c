import { formatMoney, type Money } from '@slipway/contracts/primitives'
import { html } from './html.ts'

/** What each template is filled with, as it is kept until the message has gone. */
export interface TemplateData {
  verification: { token: string }
  reset: { token: string }
  receipt: { amount: Money; paymentId: string }
}
export type Template = keyof TemplateData

export interface Rendered {
  subject: string
  text: string
  html: string
}

/** Where links lead and what the sender is called. */
export interface Brand {
  product: string
  /** With `{token}` in it. */
  verificationPage: string
  resetPage: string
}

type Fill<Name extends Template> = (data: TemplateData[Name], brand: Brand) => Rendered

export const templates: { readonly [Name in Template]: Fill<Name> } = {
  verification: ({ token }, { product, verificationPage }) =>
    withLink(
      `Confirm your address for ${product}`,
      'Open this page to confirm that the address is yours:',
      verificationPage,
      token,
    ),

  reset: ({ token }, { product, resetPage }) =>
    withLink(
      `A new password for ${product}`,
      'Somebody, you we hope, wants a new password. Choose it here:',
      resetPage,
      token,
    ),

  receipt: ({ amount, paymentId }, { product }) => {
    const paid = formatMoney(amount)
    return {
      subject: `Your receipt from ${product}: ${paid}`,
      text: `Thank you. We received ${paid}.\n\nPayment ${paymentId}\n`,
      html: html`<p>Thank you. We received <strong>${paid}</strong>.</p>` + html`<p>Payment ${paymentId}</p>`,
    }
  },
}

export const render = <Name extends Template>(name: Name, data: TemplateData[Name], brand: Brand): Rendered =>
  templates[name](data, brand)

function withLink(subject: string, sentence: string, page: string, token: string): Rendered {
  const link = page.replaceAll('{token}', encodeURIComponent(token))
  const rest = 'It works once, and not for long. If you did not ask for it, do nothing.'
  return {
    subject,
    text: `${sentence}\n\n${link}\n\n${rest}\n`,
    html: html`<p>${sentence}</p>` + html`<p><a href="${link}">${link}</a></p>` + html`<p>${rest}</p>`,
  }
}
