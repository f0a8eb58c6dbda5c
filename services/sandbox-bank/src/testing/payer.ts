import type { Api } from '@slipway/testing'

export const cards = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  insufficientFunds: '4000 0000 0000 9995',
  asksForConfirmation: '4000 0025 0000 3155',
  chargedBack: '4000 0000 0000 0259',
}

/** The card as its holder types it. */
export const typed = (card: string, { expiry = '12/99', cvc = '123' } = {}) => ({ card, expiry, cvc })

/** Pays through the JSON API. */
export const pay = (api: Api, pageId: string, card = cards.pays, headers: Record<string, string> = {}) =>
  api.post(`/sandbox-bank/v1/pages/${pageId}/pay`, typed(card), headers)

export const confirm = (api: Api, pageId: string, accept: boolean) =>
  api.post(`/sandbox-bank/v1/pages/${pageId}/confirm`, { accept })

/** Submits a form as a browser without JavaScript does. */
export const submit = (api: Api, path: string, fields: Record<string, string>) =>
  api.post(path, new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' })
