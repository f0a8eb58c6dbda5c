import { createHmac, timingSafeEqual } from 'node:crypto'

/** Header of a webhook: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<raw body>">`. */
export const webhookSignatureHeader = 'bank-signature'

const mac = (secret: string, time: number, body: string) =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest()

export const signWebhook = (secret: string, time: number, body: string) =>
  `t=${time},v1=${mac(secret, time, body).toString('hex')}`

/**
 * True when the header signs this very body with one of the secrets, at most `toleranceSeconds` from `now` (unix
 * seconds). Two are good at once while one takes the place of the other.
 */
export function verifyWebhook(
  secrets: readonly string[],
  header: string,
  body: string,
  now: number,
  toleranceSeconds = 300,
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header)
  if (!match?.[1] || !match[2]) return false
  const time = Number(match[1])
  const given = Buffer.from(match[2], 'hex')
  const known = secrets.filter((secret) => timingSafeEqual(mac(secret, time, body), given))
  return known.length > 0 && Math.abs(now - time) <= toleranceSeconds
}
