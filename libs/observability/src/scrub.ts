const dotted = /[\w.-]+/g
const scheme = /\b([Bb]earer|[Bb]asic) +(?=[\w.~+/-]*[\dA-Z=])[\w.~+/=-]{8,}/g
const urlPassword = /(:\/\/[^\s:@/"]*:)[^\s@/"]+@/g
const urlSecret = /([?&](?:[\w-]*token|code|secret|password|[\w-]*signature)=)(?:[^&\s"#\\]|\\\\)+/gi
const cardNumber = /(?<![\w-]|span\.id":")[2-6](?:[ -]?\d){12,18}(?![\w-])/g

/**
 * Text without the secrets that can be told by their look: JWTs, Authorization values, passwords and tokens in URLs,
 * card numbers (which keep their first digit and length). A JSON text stays JSON.
 */
export function scrub(text: string): string {
  let safe = text
  // most lines have none of these parts, which are looked for in a tenth of the time of an expression
  if (safe.includes('eyJ')) safe = safe.replace(dotted, withoutJwt)
  if (safe.includes('earer ') || safe.includes('asic ')) safe = safe.replace(scheme, '$1 [Redacted]')
  if (safe.includes('://')) safe = safe.replace(urlPassword, '$1[Redacted]@')
  if (safe.includes('?') || safe.includes('&')) safe = safe.replace(urlSecret, '$1[Redacted]')
  return safe.replace(cardNumber, (digits) =>
    passesLuhn(digits) ? digits[0] + digits.slice(1).replace(/\d/g, '0') : digits,
  )
}

/**
 * A run of word characters, dots and dashes up to the JWT in it; what is behind that goes too. Each part is looked for once:
 * an expression for the whole would start anew at every `eyJ` that a caller has written.
 */
function withoutJwt(run: string): string {
  const start = run.search(/eyJ[\w-]{5}/)
  return start >= 0 && /\.[\w-]+\./.test(run.slice(start)) ? `${run.slice(0, start)}[Redacted]` : run
}

/** ISO/IEC 7812-1 check digit: tells a card number from any other long number nine times out of ten. */
function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    sum += index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}
