import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WrongAnswer, type Http, type Json } from './http.ts'
import type { Measurements } from './measurements.ts'
import type { Visit, Visitors } from './visit.ts'

const password = 'correct horse battery staple 42'
const card = { card: '4242 4242 4242 4242', expiry: '12/34', cvc: '123' }
const patienceMs = 30_000
const lookEveryMs = 25
/** Before its access token expires (900 s). */
const logInEveryMs = 600_000

/** People who register once, log in, and buy again and again. */
export class Shoppers implements Visitors {
  readonly #http: Http
  readonly #print: (line: string) => void

  constructor(http: Http, print: (line: string) => void) {
    this.#http = http
    this.#print = print
  }

  async gather(count: number): Promise<Visit[]> {
    const visits: Visit[] = []
    while (visits.length < count) {
      const email = `load-${randomUUID()}@slipway.example`
      const { status, retryAfter, json } = await this.#http.send({
        method: 'POST',
        path: '/sso/v1/users',
        body: { email, password },
      })
      if (status === 201) visits.push(this.#shopper(email))
      else if (status === 429) {
        this.#print(`${visits.length} shoppers are registered; the next may register in ${retryAfter} s`)
        await pause(retryAfter * 1_000)
      } else throw new WrongAnswer(`POST /sso/v1/users: ${status} ${json?.code ?? ''}`)
    }
    return visits
  }

  #shopper(email: string): Visit {
    let token = ''
    let loggedInAt = -Infinity
    return async (measurements) => {
      if (performance.now() - loggedInAt > logInEveryMs) {
        token = await this.#logIn(email, measurements)
        loggedInAt = performance.now()
      }
      await this.#buy(token, measurements)
    }
  }

  async #logIn(email: string, measurements: Measurements): Promise<string> {
    const { json } = await this.#http.send(
      { method: 'POST', path: '/sso/v1/sessions', body: { email, password } },
      measurements,
    )
    return json.accessToken
  }

  async #buy(token: string, measurements: Measurements) {
    const send = async (sent: Parameters<Http['send']>[0]): Promise<Json> =>
      (await this.#http.send({ token, ...sent }, measurements)).json
    const { items } = await send({ method: 'GET', path: '/cart/v1/products?limit=20' })
    const product = items[Math.floor(Math.random() * items.length)]
    const cart = await send({
      method: 'PUT',
      path: `/cart/v1/cart/items/${product.id}`,
      name: '/cart/v1/cart/items/:id',
      body: { quantity: 2 },
    })
    const payment = await send({
      method: 'POST',
      path: '/acquiring/v1/payments',
      body: { cartId: cart.id },
      headers: { 'idempotency-key': randomUUID() },
    })
    const page = new URL(payment.nextAction.url)
    await send({
      method: 'POST',
      path: `${page.origin}/sandbox-bank/v1/pages/${page.pathname.split('/').at(-1)}/pay`,
      name: '/sandbox-bank/v1/pages/:id/pay',
      body: card,
    })
    await this.#seePaid(cart.id, token, measurements)
  }

  async #seePaid(cartId: string, token: string, measurements: Measurements) {
    const paidAt = performance.now()
    const look = { method: 'GET', path: `/cart/v1/carts/${cartId}`, name: '/cart/v1/carts/:id', token } as const
    while ((await this.#http.send(look, measurements)).json.status !== 'paid') {
      if (performance.now() - paidAt > patienceMs) throw new WrongAnswer(`a cart is not paid after ${patienceMs} ms`)
      await pause(lookEveryMs)
    }
    measurements.eventLag(performance.now() - paidAt)
  }
}
