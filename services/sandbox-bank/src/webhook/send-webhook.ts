import { signWebhook, webhookSignatureHeader } from '@slipway/contracts/sandbox-bank'
import { request, type Dispatcher } from 'undici'

export interface Merchant {
  readonly url: string
  readonly secret: string
}

const timeoutMs = 5_000

/** Posts one webhook, signed at `now`. Any answer but 2xx is a failure. @throws Error in words that may be kept */
export async function sendWebhook(
  { url, secret }: Merchant,
  webhook: { body: string; traceparent?: string },
  { now, dispatcher, signal }: { now: Date; dispatcher: Dispatcher; signal: AbortSignal },
): Promise<number> {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'sandbox-bank',
      [webhookSignatureHeader]: signWebhook(secret, Math.floor(now.getTime() / 1_000), webhook.body),
      ...(webhook.traceparent && { traceparent: webhook.traceparent }),
    },
    body: webhook.body,
    dispatcher,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  })
  await body.dump()
  if (statusCode < 200 || statusCode > 299) throw new Error(`answered ${statusCode}`)
  return statusCode
}
