import { randomBytes, randomUUID } from 'node:crypto'

type Json = ReturnType<typeof JSON.parse>

/** Someone who shops, with `fetch`. */
export class Shopper {
  #token = ''
  readonly url: string
  readonly email = `${randomUUID()}@slipway.example`
  readonly password = 'correct horse battery staple 42'

  /** Of all that they send. */
  readonly traceId = randomBytes(16).toString('hex')

  constructor(url: string) {
    this.url = url
  }

  async send(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; json: Json }> {
    const response = await fetch(path.startsWith('http') ? path : this.url + path, {
      method,
      headers: {
        traceparent: `00-${this.traceId}-${randomBytes(8).toString('hex')}-01`,
        ...(body && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    })
    const text = await response.text()
    return {
      status: response.status,
      json: text && response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Json) : text,
    }
  }

  async logIn({ email, password } = { email: this.email, password: this.password }) {
    const { json } = await this.send('POST', '/sso/v1/sessions', { email, password })
    this.#token = json.accessToken
    return json
  }

  register() {
    return this.send('POST', '/sso/v1/users', { email: this.email, password: this.password })
  }

  /** A cart with one thing in it. */
  async fillCart(): Promise<Json> {
    const { json: products } = await this.send('GET', '/cart/v1/products?limit=1')
    return (await this.send('PUT', `/cart/v1/cart/items/${products.items[0].id}`, { quantity: 2 })).json
  }

  pay(cartId: string, key: string = randomUUID(), extra: object = {}) {
    return this.send('POST', '/acquiring/v1/payments', { cartId, ...extra }, { 'idempotency-key': key })
  }

  /** Pays on the bank's page, through the API that does what the page does. */
  payAtBank(payment: Json) {
    const page = new URL(payment.nextAction.url)
    const id = page.pathname.split('/').at(-1)
    return this.send('POST', `${page.origin}/sandbox-bank/v1/pages/${id}/pay`, {
      card: '4242 4242 4242 4242',
      expiry: '12/34',
      cvc: '123',
    })
  }
}
