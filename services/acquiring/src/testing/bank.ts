import {
  sandboxBankContract,
  signWebhook,
  webhookSignatureHeader,
  type BankRefund,
  type NewCapture,
  type NewPaymentPage,
  type NewRefund,
  type PageStatus,
  type PaymentPageState,
  type SettlementLine,
  type Webhook,
} from '@slipway/contracts/sandbox-bank'
import { add, compare, negate, sameMoney, share, subtract, zero, type Money } from '@slipway/contracts/primitives'
import type { Answer, Answered, Api, Asked, Neighbour, TestClock } from '@slipway/testing'
import { uuidv7 } from 'uuidv7'
import { bankUrl, webhookSecret } from './environment.ts'

interface Page extends PaymentPageState {
  sequence: number
  capture: NewPaymentPage['capture']
}

/** The bank's answers, with a memory: pages by their idempotency key, and what became of them. */
export class Bank {
  readonly #pages = new Map<string, Page>()
  readonly #refunds = new Map<string, BankRefund>()
  /** Movements of money, oldest first, as the settlement tells of them. */
  readonly settled: SettlementLine[] = []
  readonly #clock: TestClock
  /** Requests that it got, such as `POST /v1/pages`, oldest first. */
  readonly calls: string[] = []
  /** Does what it is asked to, but its answers get lost. */
  losesAnswers = false
  /** Does not even hear. */
  isDown = false
  /** Its next answer to each of these calls, instead of the usual one. */
  readonly refusals = new Map<string, Answered>()
  /** What it has to tell, oldest first: whether it does is up to the test. */
  readonly webhooks: Webhook[] = []
  /** Runs while the bank is at it, before it answers. */
  during: (call: string) => void = () => {}

  constructor(bank: Neighbour, clock: TestClock) {
    this.#clock = clock
    for (const operation of Object.values(sandboxBankContract)) bank.answers(operation, (asked) => this.#answer(asked))
  }

  get pages(): readonly Page[] {
    return [...this.#pages.values()]
  }

  /** The page of a payment. */
  page(reference: string): Page {
    const page = this.pages.find((each) => each.reference === reference)
    if (!page) throw new Error(`No page of ${reference}`)
    return page
  }

  /** Something happens to a page, and there is something to tell of it. */
  becomes(reference: string, status: PageStatus, more: Partial<PaymentPageState> = {}): Webhook {
    const page = this.page(reference)
    const taken = status === 'paid' && { captured: more.amount ?? page.amount }
    Object.assign(page, { status, ...taken, ...more })
    if (status === 'paid') this.#settle(page, 'charge', page.captured)
    if (status === 'charged_back') this.#settle(page, 'chargeback', negate(subtract(page.captured, page.refunded)))
    page.sequence++
    const { sequence, capture: _, ...data } = page
    const createdAt = this.#clock.now().toISOString()
    const webhook = { id: uuidv7(), type: `page.${status}` as const, createdAt, sequence, data: { ...data } }
    this.webhooks.push(webhook)
    return webhook
  }

  /** Nothing has happened here. */
  forget() {
    for (const kept of [this.#pages, this.#refunds, this.refusals]) kept.clear()
    for (const kept of [this.settled, this.calls, this.webhooks]) kept.length = 0
    this.losesAnswers = this.isDown = false
  }

  /** Calls the webhook, signed now unless said otherwise. */
  tells(api: Api, webhook: object, { secret = webhookSecret, ageSeconds = 0 } = {}): Promise<Answer> {
    const body = JSON.stringify(webhook)
    const time = Math.floor(this.#clock.now().getTime() / 1_000) - ageSeconds
    const headers = {
      'content-type': 'application/json',
      [webhookSignatureHeader]: signWebhook(secret, time, body),
    }
    return api.anonymous.post('/acquiring/webhooks/sandbox-bank', body, headers)
  }

  #settle({ id: pageId, reference }: Page, kind: SettlementLine['kind'], amount: Money, refundId?: string) {
    const fee = kind === 'charge' ? share(amount, 140) : zero(amount.currency)
    const line = { id: uuidv7(), kind, pageId, reference, amount, fee, at: this.#clock.now().toISOString() }
    this.settled.push(refundId ? { ...line, refundId } : line)
  }

  /** In pages of two lines. */
  #settlement(path: string): Answered {
    const query = new URL(path, bankUrl).searchParams
    const within = this.settled.filter(({ at }) => at >= query.get('from')! && at < query.get('to')!)
    const cursor = query.get('cursor')
    const rest = within.slice(within.findIndex(({ id }) => cursor?.endsWith(id)) + 1)
    const items = rest.slice(0, 2)
    return { status: 200, json: { items, nextCursor: rest.length > 2 ? `0_${items.at(-1)!.id}` : null } }
  }

  get refunds() {
    return [...this.#refunds.values()]
  }

  #answer({ method, path, body, headers }: Asked): Answered {
    const call = `${method} ${path.replace('/sandbox-bank', '')}`
    this.calls.push(call)
    const refusal = [...this.refusals].find(([prefix]) => call.startsWith(prefix))?.[1]
    if (this.isDown) return { status: 503 }
    if (headers['authorization'] !== 'Bearer bank-key') return { status: 401, problem: { code: 'API_KEY_REFUSED' } }
    if (refusal) return refusal
    this.during(call)
    const reply = this.#act(call, body, headers['idempotency-key'])
    return this.losesAnswers ? { status: 503 } : reply
  }

  #act(call: string, body: unknown, key = ''): Answered {
    const [, verb, resource = '', id = '', action] =
      /^(\w+) \/v1\/(\w+)(?:\/([^/?]+)(?:\/([^/]+))?)?(?:\?.*)?$/.exec(call) ?? []
    if (resource === 'settlements') return this.#settlement(call.split(' ')[1]!)
    if (verb === 'POST' && resource === 'refunds') return this.#refund(body as NewRefund, key)
    if (verb === 'POST' && id === '') return this.#open(body as NewPaymentPage, key)
    const wanted = id === 'by-reference' ? action : id
    const page = this.pages.find((each) => each.id === wanted || each.reference === wanted)
    if (!page) return { status: 404, problem: { code: 'PAGE_NOT_FOUND', detail: 'No page' } }
    if (action === 'capture') return this.#capture(page, body as NewCapture)
    if (action !== 'cancel') return this.#show(page)
    if (page.status === 'paid') return { status: 409, problem: { code: 'PAGE_PAID', detail: 'Paid' } }
    if (page.status === 'open' || page.status === 'authorized') this.becomes(page.reference, 'canceled')
    return this.#show(page)
  }

  #capture(page: Page, { amount = page.amount }: NewCapture): Answered {
    if (page.status === 'paid' && sameMoney(page.captured, amount)) return this.#show(page)
    if (page.status !== 'authorized')
      return { status: 409, problem: { code: 'PAGE_NOT_AUTHORIZED', detail: 'Not authorised' } }
    this.becomes(page.reference, 'paid', { captured: amount })
    return this.#show(page)
  }

  #open({ reference, amount, capture }: NewPaymentPage, key: string): Answered {
    const known = this.#pages.get(key)
    if (known) return this.#show(known, 201)
    const id = uuidv7()
    const page: Page = {
      id,
      reference,
      amount,
      capture,
      captured: { amount: 0, currency: amount.currency },
      refunded: { amount: 0, currency: amount.currency },
      status: 'open',
      url: `${bankUrl}/sandbox-bank/pages/${id}`,
      createdAt: this.#clock.now().toISOString(),
      sequence: 0,
    }
    this.#pages.set(key, page)
    return this.#show(page, 201)
  }

  #refund({ pageId, amount }: NewRefund, key: string): Answered {
    const known = this.#refunds.get(key)
    if (known) return { status: 201, json: known }
    const page = this.pages.find(({ id }) => id === pageId)
    if (!page) return { status: 404, problem: { code: 'PAGE_NOT_FOUND' } }
    if (page.status !== 'paid') return { status: 409, problem: { code: 'PAGE_NOT_PAID' } }
    if (compare(amount, subtract(page.captured, page.refunded)) > 0)
      return { status: 409, problem: { code: 'REFUND_EXCEEDS_CHARGE' } }
    const refund: BankRefund = { id: uuidv7(), pageId, amount, status: 'succeeded' }
    this.#refunds.set(key, refund)
    page.refunded = add(page.refunded, amount)
    this.#settle(page, 'refund', negate(amount), key)
    return { status: 201, json: refund }
  }

  #show({ sequence: _sequence, capture: _capture, ...json }: Page, status = 200): Answered {
    return { status, json }
  }
}
