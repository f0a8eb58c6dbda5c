import type { Card } from '@slipway/contracts/sandbox-bank'

const text = (form: unknown, name: string): string => {
  const value = typeof form === 'object' && form !== null ? (form as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value.slice(0, 50) : ''
}

/** What a payer or their browser typed, in one spelling: `4242-4242…`, `1 / 30`, `01/2030`, `0130` are all meant well. */
export function readCard(form: unknown): Card {
  const [month = '', year = ''] = expiryParts(text(form, 'expiry').replace(/\s/g, ''))
  return {
    card: text(form, 'card').replace(/[\s-]/g, ''),
    expiry: `${month.padStart(2, '0')}/${year.length === 4 ? year.slice(2) : year}`,
    cvc: text(form, 'cvc').trim(),
  }
}

const expiryParts = (typed: string) =>
  /^\d{4}$|^\d{6}$/.test(typed) ? [typed.slice(0, 2), typed.slice(2)] : typed.split(/[/.-]/)

/** The button that was pressed; undefined when it was neither. */
export function readAnswer(form: unknown): boolean | undefined {
  const answer = text(form, 'accept')
  return answer === 'true' || answer === 'false' ? answer === 'true' : undefined
}
