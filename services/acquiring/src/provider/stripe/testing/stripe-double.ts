// Longer than other files: all of Stripe that the adapter talks to, over HTTP, in one place.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { listener } from '@slipway/testing'
import {
  balanceShape,
  chargeShape,
  disputeShape,
  errorShape,
  intentShape,
  listShape,
  refundShape,
  sessionShape,
  type Intent,
  type Refund,
  type Session,
} from './shapes.ts'

interface Reply {
  status: number
  /** Given before. */
  replayed?: boolean
  body: object
}

export const secretKey = 'sk_test_4eC39HqLyjWDarjtT1zdp7dc'

const refuse = (code: string, status = 400, type = 'invalid_request_error'): Reply => ({
  status,
  body: errorShape(type, code, `No: ${code}`),
})

/** As if a page were so small. */
function pageOf<T extends { id: string }>(all: readonly T[], query: URLSearchParams) {
  const after = query.get('starting_after')
  const rest = after ? all.slice(all.findIndex(({ id }) => id === after) + 1) : all
  return { page: rest.slice(0, 2), more: rest.length > 2 }
}

const failed: Reply = { status: 500, body: errorShape('api_error', 'x', 'Trouble') }

/** A server that answers as Stripe does, with a memory. */
export class StripeDouble {
  readonly sessions = new Map<string, Session>()
  readonly refunds: Refund[] = []
  readonly calls: string[] = []
  /** Instead of the usual answer; `act` does what is asked first. A 500 is kept under its key as any answer is. */
  trouble: { status?: number; body?: string; silent?: boolean; act?: boolean; only?: 'POST' } | undefined
  /** Refunds take their time. */
  slowRefunds = false
  now = 1_768_478_400
  readonly #keys = new Map<string, { body: string; reply: Reply }>()
  readonly #server = createServer(listener((request, response) => this.#serve(request, response)))
  #made = 0

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  forget() {
    this.trouble = undefined
    this.slowRefunds = false
    this.sessions.clear()
    this.#keys.clear()
    this.refunds.length = 0
  }

  close() {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  session(reference: string): Session {
    const found = [...this.sessions.values()].find((session) => session.reference === reference)
    if (!found) throw new Error(`No session of ${reference}`)
    return found
  }

  /** What a payer does on the page. @throws when the page takes nothing any more */
  pay(reference: string) {
    const session = this.session(reference)
    if (session.status !== 'open') throw new Error(`The page is ${session.status}`)
    const intent = (session.intent ??= this.#intent(session))
    const taken = intent.captureMethod === 'automatic'
    Object.assign(intent, { status: taken ? 'succeeded' : 'requires_capture', chargeId: this.#id('ch') })
    if (taken) intent.received = intent.amount
    session.status = 'complete'
  }

  /** A payment by direct debit or voucher: the page is done with, and the money is on its way. */
  payLater(reference: string) {
    const session = this.session(reference)
    session.intent ??= { ...this.#intent(session), status: 'processing' }
    session.status = 'complete'
  }

  /** What was on its way comes, or does not. */
  settleLater(reference: string, code?: string) {
    const intent = this.session(reference).intent!
    if (code) Object.assign(intent, { status: 'requires_payment_method', declined: code })
    else Object.assign(intent, { status: 'succeeded', chargeId: this.#id('ch'), received: intent.amount })
  }

  decline(reference: string) {
    const session = this.session(reference)
    session.intent ??= { ...this.#intent(session), declined: 'insufficient_funds' }
  }

  dispute(reference: string) {
    this.session(reference).intent!.disputed = true
  }

  /** An event as a webhook brings it. */
  event(type: string, reference: string) {
    const session = this.session(reference)
    const { intent } = session
    const object = type.startsWith('checkout.session')
      ? sessionShape(session, false)
      : type.startsWith('charge.dispute')
        ? disputeShape(intent!)
        : type.startsWith('charge')
          ? chargeShape(intent!)
          : intentShape(intent!)
    return {
      id: this.#id('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: this.now,
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const { method = '', headers } = request
    const url = new URL(request.url ?? '', 'http://stripe')
    const body = await text(request)
    this.calls.push(`${method} ${url.pathname}`)
    const trouble = this.#troubleOf(method)
    const heard = !trouble || trouble.act || trouble.status === 500
    const reply = heard ? this.#once(method, url, body, headers) : { status: 200, body: {} }
    if (trouble?.silent) return
    response.writeHead(trouble?.status ?? reply.status, {
      'content-type': 'application/json',
      'request-id': this.#id('req'),
      ...('replayed' in reply && reply.replayed && { 'idempotent-replayed': 'true' }),
    })
    response.end(trouble?.body ?? JSON.stringify(trouble?.status ? failed.body : reply.body))
  }

  /** The first answer of a key is given again (https://docs.stripe.com/api/idempotent_requests). */
  #once(method: string, url: URL, body: string, headers: IncomingMessage['headers']): Reply {
    if (headers.authorization !== `Bearer ${secretKey}`) return refuse('api_key_invalid', 401)
    const key = method === 'POST' && String(headers['idempotency-key'])
    const known = key ? this.#keys.get(key) : undefined
    if (known && known.body !== body) return refuse('idempotency_key_reused', 400, 'idempotency_error')
    const reply = known?.reply ?? this.#first(method, url, body)
    if (key) this.#keys.set(key, { body, reply })
    return { ...reply, replayed: known !== undefined }
  }

  #first(method: string, url: URL, body: string): Reply {
    const trouble = this.#troubleOf(method)
    const fails = trouble?.status === 500
    const reply = !fails || trouble.act ? this.#act(method, url, new URLSearchParams(body)) : failed
    return fails ? failed : reply
  }

  #troubleOf(method: string) {
    return this.trouble && (this.trouble.only ?? method) === method ? this.trouble : undefined
  }

  #act(method: string, { pathname, searchParams }: URL, form: URLSearchParams): Reply {
    const [, , resource, id, action] = pathname.split('/')
    if (method === 'GET' && pathname === '/v1/checkout/sessions') return this.#listed(searchParams)
    if (resource === 'checkout') return this.#checkout(method, pathname.split('/').slice(4), form)
    if (resource === 'payment_intents') return this.#payment(id!, action!, form)
    if (resource === 'refunds' && method === 'POST') return this.#refund(form)
    if (resource === 'refunds' && id) {
      const refund = this.refunds.find((each) => each.id === id)
      return refund ? { status: 200, body: refundShape(refund) } : refuse('resource_missing', 404)
    }
    const intentId = searchParams.get('payment_intent')
    const intents = [...this.sessions.values()].flatMap(({ intent }) => intent ?? [])
    if (resource === 'refunds') {
      const made = this.refunds.filter(({ intent }) => intent.id === intentId).map(refundShape)
      return { status: 200, body: listShape('/v1/refunds', made) }
    }
    if (resource === 'disputes') {
      const found = intents.filter((intent) => intent.id === intentId && intent.disputed)
      return {
        status: 200,
        body: listShape(
          '/v1/disputes',
          found.map((intent) => disputeShape(intent)),
        ),
      }
    }
    if (resource === 'balance_transactions') return this.#balance(searchParams, intents)
    return refuse('url_invalid', 404)
  }

  #checkout(method: string, [id, action]: (string | undefined)[], form: URLSearchParams): Reply {
    if (method === 'POST' && !id) {
      const amount = Number(form.get('line_items[0][price_data][unit_amount]'))
      if (!(amount > 0)) return refuse('parameter_invalid_integer')
      const session: Session = {
        id: this.#id('cs_test'),
        reference: form.get('client_reference_id')!,
        amount,
        currency: form.get('line_items[0][price_data][currency]')!,
        captureMethod: form.get('payment_intent_data[capture_method]')!,
        successUrl: form.get('success_url')!,
        status: 'open',
        created: this.now,
      }
      this.sessions.set(session.id, session)
      return { status: 200, body: sessionShape(session, false) }
    }
    const session = this.sessions.get(id!)
    if (!session) return refuse('resource_missing', 404)
    if (action === 'expire') {
      if (session.status !== 'open') return refuse('checkout_session_not_open')
      session.status = 'expired'
    }
    return { status: 200, body: sessionShape(session, true) }
  }

  /** Newest first, as Stripe lists. */
  #listed(query: URLSearchParams): Reply {
    const since = [...this.sessions.values()].filter(({ created }) => created >= Number(query.get('created[gte]')))
    const { page, more } = pageOf(since.reverse(), query)
    const shapes = page.map((session) => sessionShape(session, false))
    return { status: 200, body: listShape('/v1/checkout/sessions', shapes, more) }
  }

  #payment(id: string, action: string, form: URLSearchParams): Reply {
    const intent = [...this.sessions.values()].find((session) => session.intent?.id === id)?.intent
    if (!intent) return refuse('resource_missing', 404)
    if (intent.status !== 'requires_capture') return refuse('payment_intent_unexpected_state')
    const amount = Number(form.get('amount_to_capture') ?? intent.amount)
    if (action === 'cancel') intent.status = 'canceled'
    else if (amount > intent.amount) return refuse('amount_too_large')
    else Object.assign(intent, { status: 'succeeded', received: amount })
    return { status: 200, body: intentShape(intent) }
  }

  #refund(form: URLSearchParams): Reply {
    const intent = [...this.sessions.values()].find(({ intent }) => intent?.id === form.get('payment_intent'))?.intent
    if (!intent) return refuse('resource_missing', 404)
    const amount = Number(form.get('amount'))
    if (intent.disputed) return refuse('charge_disputed')
    if (amount > intent.received - intent.refunded) return refuse('charge_already_refunded')
    intent.refunded += amount
    const metadata = { refundId: form.get('metadata[refundId]')! }
    const status = this.slowRefunds ? 'pending' : 'succeeded'
    const refund: Refund = { id: this.#id('re'), intent, amount, status, metadata, created: this.now }
    this.refunds.push(refund)
    return { status: 200, body: refundShape(refund) }
  }

  /** Newest first, as Stripe lists. */
  #balance(query: URLSearchParams, intents: readonly Intent[]): Reply {
    const within = (created: number) =>
      created >= Number(query.get('created[gte]')) && created < Number(query.get('created[lt]'))
    const charges = intents.filter(({ received, created }) => received > 0 && within(created))
    const lines = [
      balanceShape('txn_payout', 'payout', { amount: -1, currency: 'usd' }, { created: this.now, source: null }),
      ...charges.map((intent) => {
        const fee = { fee: 256, net: intent.received - 256, created: intent.created, source: chargeShape(intent) }
        return balanceShape(`txn_${intent.chargeId}`, 'charge', { amount: intent.received, currency: 'usd' }, fee)
      }),
      ...this.refunds
        .filter(({ created }) => within(created))
        .map((refund) =>
          balanceShape(...([`txn_${refund.id}`, 'refund', { amount: -refund.amount, currency: 'usd' }] as const), {
            created: refund.created,
            source: refundShape(refund),
          }),
        ),
      ...intents
        .filter(({ disputed }) => disputed)
        .map((intent) =>
          balanceShape(
            ...([
              `txn_du_${intent.id}`,
              'adjustment',
              { amount: -disputeShape(intent).amount, currency: 'usd' },
            ] as const),
            { created: intent.created, fee: 1_500, source: disputeShape(intent) },
          ),
        ),
    ]
    const { page, more } = pageOf(lines, query)
    return { status: 200, body: listShape('/v1/balance_transactions', page, more) }
  }

  #intent({ amount, currency, captureMethod, reference }: Session): Intent {
    const rest = { received: 0, refunded: 0, disputed: false, created: this.now }
    return {
      id: this.#id('pi'),
      status: 'requires_payment_method',
      amount,
      currency,
      captureMethod,
      reference,
      ...rest,
    }
  }

  #id = (kind: string) => `${kind}_${String(++this.#made).padStart(6, '0')}MtwBwLkdIwHu7ix`
}
