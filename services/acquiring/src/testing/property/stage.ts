import type { PeriodicJob } from '@slipway/broker'
import { CartPaymentRejected } from '@slipway/contracts/cart'
import type { Webhook } from '@slipway/contracts/sandbox-bank'
import type { Api, EmittedEvent, Events, TestClock } from '@slipway/testing'
import { ReleaseAbandonedCarts } from '../../checkout/release-abandoned-carts.job.ts'
import type { Deps } from '../../deps.ts'
import { SettlePayments } from '../../payment/settle-payments.job.ts'
import { Reconcile } from '../../reconciliation/reconcile.job.ts'
import { ExecuteRefunds } from '../../refund/execute-refunds.job.ts'
import type { Bank } from '../bank.ts'
import { capturing, cashier, payments, shopper, tick } from '../paying.ts'
import { usd } from '../samples.ts'
import type { Action, BankAct, Cut, Job } from './actions.ts'
import type { Carts } from './carts.ts'
import { Carts as CartsOf } from './carts.ts'
import type { Life } from './life.ts'

interface World {
  readonly api: Api
  readonly deps: Deps
  readonly clock: TestClock
  readonly events: Events
  readonly bank: Bank
  readonly carts: Carts
  readonly life: Life
}

const pick = <T>(from: readonly T[], number: number): T | undefined => from[number % from.length]

/** Does what scenarios say. It never judges: see `invariants`. */
export class Stage {
  readonly #world: World
  readonly #jobs: Record<Job, () => PeriodicJob>
  /** Webhooks under way. */
  readonly webhooks: Webhook[] = []
  /** Announcements under way to cart, and how many were taken from the outbox. */
  readonly #announced: EmittedEvent[] = []
  #taken = 0
  #keys = 0
  readonly #lastKey = new Map<string, string>()
  /** Ids that were answered to each key: there must be one. */
  readonly answers = new Map<string, Set<string>>()
  /** What was answered with an error that is nobody's business: there must be none. */
  readonly failures: string[] = []

  constructor(world: World) {
    this.#world = world
    const { deps } = world
    const running = new SettlePayments(deps)
    this.#jobs = {
      settle: () => running,
      'settle after a start': () => new SettlePayments(deps),
      refunds: () => new ExecuteRefunds(deps),
      carts: () => new ReleaseAbandonedCarts(deps),
      reconcile: () => new Reconcile(deps),
    }
  }

  async act({ cut, ...action }: Action & { readonly cut?: Cut }) {
    const { life } = this.#world
    if (cut)
      life.plan(cut.after, async () => {
        if (cut.by === 'kill') return life.die()
        for (const meanwhile of cut.by) await this.#do(meanwhile)
      })
    await this.#do(action as Action)
    for (const work of life.later.splice(0)) await work().catch(() => {}) // a periodic job finds it again
    life.begin()
  }

  /** Everything works again, and goes on until nothing moves any more. */
  async calm(rest: 'delivered' | 'lost') {
    const { life, bank, carts, clock } = this.#world
    life.begin()
    bank.losesAnswers = bank.isDown = carts.losesAnswers = false
    this.#collect()
    if (rest === 'lost') this.webhooks.length = 0
    for (const ms of [61_000, 31 * 60_000, 145 * 3_600_000, 8 * 24 * 3_600_000, 8 * 24 * 3_600_000, 700_000]) {
      clock.advance(ms)
      for (const which of ['carts', 'reconcile', 'settle after a start', 'refunds'] as const) await this.#job(which)
      for (let left = 200; ; left--) {
        if (left === 0) throw new Error(`It never comes to rest: ${this.failures.at(-1)}`)
        this.#collect()
        const [webhook] = this.webhooks.splice(0, 1)
        if (webhook) await this.#deliver(webhook)
        else if (!(await this.#event(0, false))) break
        for (const work of life.later.splice(0)) await work()
      }
    }
  }

  async #do(action: Action): Promise<unknown> {
    const { api, clock, bank, carts } = this.#world
    this.#collect()
    switch (action.do) {
      case 'pay':
        return this.#pay(CartsOf.id(action.cart), action.again)
      case 'at the bank':
        return this.#atBank(action.page, action.what)
      case 'webhook':
        return this.#webhook(action.which, action.how)
      case 'event':
        return this.#event(action.which, action.kept)
      case 'cancel': {
        const page = pick(bank.pages, action.page)
        return page && this.#ask(api.as(shopper).post(`${payments}/${page.reference}/cancel`))
      }
      case 'capture': {
        const page = pick(bank.pages, action.page)
        const body = action.part === 0 ? {} : { amount: usd(action.part * 2_600) }
        return page && this.#ask(api.as(capturing).post(`${payments}/${page.reference}/capture`, body))
      }
      case 'refund':
        return this.#refund(action.page, action.part, action.again)
      case 'job':
        return this.#job(action.which)
      case 'wait':
        return clock.advance(action.ms)
      case 'bank is':
        bank.isDown = action.mood === 'down'
        bank.losesAnswers = action.mood === 'losing answers'
        return
      case 'cart is':
        carts.losesAnswers = action.mood === 'losing answers'
        return
      case 'cart vanishes':
        return carts.vanish(CartsOf.id(action.cart))
    }
  }

  #job = (which: Job) => tick(this.#jobs[which](), this.#world.deps).catch(() => {})

  async #pay(cartId: string, again: boolean) {
    const key = this.#key(cartId, again)
    const headers = { 'idempotency-key': key }
    const { status, json } = await this.#ask(this.#world.api.as(shopper).post(payments, { cartId }, headers))
    if (status === 201) this.answers.set(key, (this.answers.get(key) ?? new Set()).add(json.id as string))
  }

  async #refund(page: number, part: number, again: boolean) {
    const { api, bank } = this.#world
    const found = pick(bank.pages, page)
    if (!found) return
    const key = this.#key(`refund ${part} of ${found.reference}`, again)
    const body = { reason: 'came broken', ...(part > 0 && { amount: usd(part * 1_950) }) }
    const path = `${payments}/${found.reference}/refunds`
    const { status, json } = await this.#ask(api.as(cashier).post(path, body, { 'idempotency-key': key }))
    if (status === 201) this.answers.set(key, (this.answers.get(key) ?? new Set()).add(json.id as string))
  }

  #key(of: string, again: boolean): string {
    const last = this.#lastKey.get(of)
    const key = again && last ? last : `key-${++this.#keys}`
    this.#lastKey.set(of, key)
    return key
  }

  /** A 500 is a mistake of ours, unless the process has just died. */
  async #ask(request: ReturnType<Api['post']>) {
    const answer = await request
    if (answer.status === 500 && !this.#world.life.isDead) this.failures.push(answer.text)
    return answer
  }

  #atBank(number: number, what: BankAct) {
    const { bank } = this.#world
    const page = pick(bank.pages, number)
    if (!page) return
    const { reference, status, amount, capture } = page
    if (what === 'charged back') return status === 'paid' ? bank.becomes(reference, 'charged_back') : undefined
    if (what === 'late') {
      const ended = status === 'canceled' || status === 'declined'
      return ended ? bank.becomes(reference, 'paid') : undefined
    }
    if (status !== 'open') return
    if (what === 'declined') return bank.becomes(reference, 'declined', { declineCode: 'card_declined' })
    const becomes = capture === 'manual' ? 'authorized' : 'paid'
    return bank.becomes(reference, becomes, what === 'wrong' ? { amount: usd(amount.amount - 1) } : {})
  }

  async #webhook(which: number, how: 'delivered' | 'kept' | 'lost') {
    const webhook = pick(this.webhooks, which)
    if (!webhook) return
    if (how !== 'kept') this.webhooks.splice(this.webhooks.indexOf(webhook), 1)
    if (how !== 'lost') await this.#deliver(webhook)
  }

  /** Until it is taken: the bank tries again for hours. */
  async #deliver(webhook: Webhook) {
    const { status } = await this.#ask(this.#world.bank.tells(this.#world.api, webhook))
    if (status !== 200 && !this.webhooks.includes(webhook)) this.webhooks.push(webhook)
  }

  /** One announcement gets to whom it is for. False when there is none. */
  async #event(which: number, kept: boolean): Promise<boolean> {
    const { carts, events } = this.#world
    const emitted = await events.emitted()
    this.#announced.push(...emitted.slice(this.#taken))
    this.#taken = emitted.length
    const waiting = [...this.#announced, ...carts.rejections]
    const next = pick(waiting, which)
    if (!next) return false
    if ('subject' in next) {
      if (!kept) this.#announced.splice(this.#announced.indexOf(next), 1)
      carts.hears(next)
      return true
    }
    const rejections = carts.rejections
    try {
      await events.deliver(CartPaymentRejected, { id: next.paymentId, subject: next.cartId, data: next })
      if (!kept) rejections.splice(rejections.indexOf(next), 1)
    } catch {
      // not acknowledged: it comes again
    }
    return true
  }

  #collect() {
    this.webhooks.push(...this.#world.bank.webhooks.splice(0))
  }
}
