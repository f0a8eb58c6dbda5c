import { BaseClient } from '@slipway/s2s'
import { sandboxBankContract } from './contract.ts'
import type {
  BankRefund,
  NewCapture,
  NewPaymentPage,
  NewRefund,
  PaymentPageState,
  SettlementPage,
  SettlementQuery,
} from './schemas.ts'

const { openPage, page, pageByReference, cancelPage, capturePage, refund, settlement } = sandboxBankContract

/** A merchant's view of the bank. `authorization` is `Bearer <api key>`. */
export class SandboxBankClient extends BaseClient {
  readonly #headers: Record<string, string>

  constructor({ apiKey, ...options }: ConstructorParameters<typeof BaseClient>[0] & { apiKey: string }) {
    super(options)
    this.#headers = { authorization: `Bearer ${apiKey}` }
  }

  /** Opens a payment page. The same key gets the same page. */
  openPage(body: NewPaymentPage, idempotencyKey: string): Promise<PaymentPageState> {
    return this.send(openPage, { body, idempotencyKey, headers: this.#headers })
  }

  page(id: string): Promise<PaymentPageState> {
    return this.send(page, { params: { id }, headers: this.#headers })
  }

  /** The page that was opened for the merchant's reference. @throws UpstreamProblem PAGE_NOT_FOUND */
  pageByReference(reference: string): Promise<PaymentPageState> {
    return this.send(pageByReference, { params: { reference }, headers: this.#headers })
  }

  /** Closes an unpaid page. @throws UpstreamProblem PAGE_PAID */
  cancelPage(id: string): Promise<PaymentPageState> {
    return this.send(cancelPage, { params: { id }, idempotencyKey: `cancel-${id}`, headers: this.#headers })
  }

  /** Takes the money of an authorised page, once. @throws UpstreamProblem PAGE_NOT_AUTHORIZED, CAPTURE_EXCEEDS_AUTHORIZED */
  capturePage(id: string, body: NewCapture): Promise<PaymentPageState> {
    return this.send(capturePage, { params: { id }, body, idempotencyKey: `capture-${id}`, headers: this.#headers })
  }

  /** One page of the settlement file: every movement of money in a period that is over. */
  settlement(query: SettlementQuery): Promise<SettlementPage> {
    return this.send(settlement, { query, headers: this.#headers })
  }

  /** Gives money back. The same key refunds once. @throws UpstreamProblem REFUND_EXCEEDS_CHARGE */
  refund(body: NewRefund, idempotencyKey: string): Promise<BankRefund> {
    return this.send(refund, { body, idempotencyKey, headers: this.#headers })
  }
}
