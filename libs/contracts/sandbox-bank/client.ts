import { BaseClient } from '@slipway/s2s'
import { BankRefund, PaymentPageState, type NewPaymentPage, type NewRefund } from './schemas.ts'

/** A merchant's view of the bank. `authorization` is `Bearer <api key>`. */
export class SandboxBankClient extends BaseClient {
  readonly #headers: Record<string, string>

  constructor({ apiKey, ...options }: ConstructorParameters<typeof BaseClient>[0] & { apiKey: string }) {
    super(options)
    this.#headers = { authorization: `Bearer ${apiKey}` }
  }

  /** Opens a payment page. The same key gets the same page. */
  openPage(body: NewPaymentPage, idempotencyKey: string): Promise<PaymentPageState> {
    return this.post('/v1/pages', { body, idempotencyKey, headers: this.#headers, response: PaymentPageState })
  }

  page(id: string): Promise<PaymentPageState> {
    return this.get('/v1/pages/:id', { params: { id }, headers: this.#headers, response: PaymentPageState })
  }

  /** The page that was opened for the merchant's reference. @throws UpstreamProblem PAGE_NOT_FOUND */
  pageByReference(reference: string): Promise<PaymentPageState> {
    return this.get('/v1/pages/by-reference/:reference', {
      params: { reference },
      headers: this.#headers,
      response: PaymentPageState,
    })
  }

  /** Closes an unpaid page. @throws UpstreamProblem PAGE_PAID */
  cancelPage(id: string): Promise<PaymentPageState> {
    return this.post('/v1/pages/:id/cancel', {
      params: { id },
      idempotencyKey: `cancel-${id}`,
      headers: this.#headers,
      response: PaymentPageState,
    })
  }

  /** Gives money back. The same key refunds once. @throws UpstreamProblem REFUND_EXCEEDS_CHARGE */
  refund(body: NewRefund, idempotencyKey: string): Promise<BankRefund> {
    return this.post('/v1/refunds', { body, idempotencyKey, headers: this.#headers, response: BankRefund })
  }
}
