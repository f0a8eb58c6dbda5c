import type { CartPaymentRejected } from '@slipway/contracts/cart'
import { cartContract } from '@slipway/contracts/cart'
import { PaymentCanceled, PaymentCaptured, PaymentExpired, PaymentFailed } from '@slipway/contracts/acquiring'
import type { DataOf } from '@slipway/broker'
import type { Answered, EmittedEvent, Neighbour } from '@slipway/testing'
import { sampleId, usd } from '../samples.ts'

interface Cart {
  status: 'open' | 'locked' | 'paid' | 'gone'
  paymentId?: string
  readonly ended: Set<string>
}

type About = DataOf<typeof PaymentCaptured>

const total = usd(7_800)
const over: readonly string[] = [PaymentFailed.type, PaymentCanceled.type, PaymentExpired.type]

/** Cart as its contract has it: who holds which cart, and what it makes of what acquiring announces. */
export class Carts {
  readonly #carts = new Map<string, Cart>()
  /** Payments that it cannot honour, to be announced. */
  readonly rejections: DataOf<typeof CartPaymentRejected>[] = []
  losesAnswers = false

  constructor(neighbour: Neighbour) {
    neighbour.answers(cartContract.checkout, ({ params, body }) =>
      this.#answer(this.#checkout(params['cartId']!, (body as { paymentId: string }).paymentId)),
    )
    neighbour.answers(cartContract.release, ({ params, body }) => {
      this.#release(params['cartId']!, (body as { paymentId: string }).paymentId)
      return this.#answer({ status: 204 })
    })
  }

  static id = (number: number) => sampleId(100 + number)

  get all(): ReadonlyMap<string, Readonly<Cart>> {
    return this.#carts
  }

  forget() {
    this.#carts.clear()
    this.rejections.length = 0
    this.losesAnswers = false
  }

  /** Its owner is erased, for instance. */
  vanish(id: string) {
    const cart = this.#cart(id)
    if (cart.status !== 'paid') Object.assign(cart, { status: 'gone', paymentId: undefined })
  }

  /** As often and in whatever order it comes. */
  hears({ type, data }: EmittedEvent) {
    const about = data as About
    if (type === PaymentCaptured.type) this.#markPaid(about)
    else if (over.includes(type)) this.#release(about.cartId, about.paymentId)
  }

  #cart(id: string): Cart {
    const cart = this.#carts.get(id) ?? { status: 'open', ended: new Set() }
    this.#carts.set(id, cart)
    return cart
  }

  #answer = (answer: Answered): Answered => (this.losesAnswers ? { status: 503 } : answer)

  #checkout(id: string, paymentId: string): Answered {
    const cart = this.#cart(id)
    const frozen = { status: 200, json: { cartId: id, version: 4, total, items: [] } }
    if (cart.status === 'gone') return { status: 404, problem: { code: 'CART_NOT_FOUND' } }
    if (cart.status !== 'open' && cart.paymentId === paymentId) return frozen
    if (cart.status === 'paid') return { status: 409, problem: { code: 'CART_PAID' } }
    if (cart.status === 'locked') return { status: 409, problem: { code: 'CART_LOCKED', paymentId: cart.paymentId } }
    if (cart.ended.has(paymentId)) return { status: 409, problem: { code: 'PAYMENT_NOT_ACCEPTED' } }
    Object.assign(cart, { status: 'locked', paymentId })
    return frozen
  }

  #release(id: string, paymentId: string) {
    const cart = this.#cart(id)
    if (cart.status === 'paid') return
    cart.ended.add(paymentId)
    if (cart.status === 'locked' && cart.paymentId === paymentId)
      Object.assign(cart, { status: 'open', paymentId: undefined })
  }

  #markPaid({ cartId, userId, paymentId, amount }: About) {
    const cart = this.#cart(cartId)
    if (cart.status === 'paid' && cart.paymentId === paymentId) return
    if (cart.status === 'locked' && cart.paymentId === paymentId) return void (cart.status = 'paid')
    this.#release(cartId, paymentId)
    this.rejections.push({ cartId, userId, paymentId, total: amount })
  }
}
