import { setTimeout as pause } from 'node:timers/promises'
import { Shopper } from '../src/testing/shopper.ts'

interface Visit {
  shopper: Shopper
  registered: boolean
  cartId?: string
  paid: boolean
}

const atOnce = 3

/** People who shop again and again, and what they were told. */
export class Crowd {
  readonly visits: Visit[] = []
  readonly failed: string[] = []
  requests = 0
  #open = false
  #people: Promise<void>[] = []
  readonly #baseUrl: string

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
  }

  get paid() {
    return this.visits.filter(({ paid }) => paid).length
  }

  open() {
    this.#open = true
    this.#people = Array.from({ length: atOnce }, async () => {
      while (this.#open) await this.#visit().catch(() => pause(100))
    })
  }

  async leave() {
    this.#open = false
    await Promise.all(this.#people)
  }

  /** What is not as it was told. */
  async count(): Promise<string[]> {
    const problems: string[] = []
    for (const { shopper, registered, cartId, paid } of this.visits) {
      if (!registered) continue
      if (!(await shopper.logIn()).accessToken) problems.push(`${shopper.email} was registered and cannot log in`)
      if (!paid || !cartId) continue
      if (!(await becomesPaid(shopper, cartId))) problems.push(`${shopper.email} paid, and cart ${cartId} is not paid`)
      const { json } = await shopper.send('GET', '/acquiring/v1/payments')
      const captured = json.items.filter(
        (payment: { cartId: string; status: string }) => payment.cartId === cartId && payment.status === 'captured',
      )
      if (captured.length !== 1) problems.push(`${shopper.email} has ${captured.length} captured payments for one cart`)
    }
    return problems
  }

  /** A visit that is cut short has told what it saw. */
  async #visit() {
    const shopper = this.#watched(new Shopper(this.#baseUrl))
    const visit: Visit = { shopper, registered: false, paid: false }
    this.visits.push(visit)
    visit.registered = (await shopper.register()).status === 201
    if (!visit.registered) return
    await shopper.logIn()
    visit.cartId = (await shopper.fillCart()).id
    const { json: payment } = await shopper.pay(visit.cartId!)
    visit.paid = (await shopper.payAtBank(payment)).json.status === 'paid'
  }

  /** Counts its requests; failed is one without an answer or with 5xx. */
  #watched(shopper: Shopper): Shopper {
    const send = shopper.send.bind(shopper)
    shopper.send = async (method, path, ...rest) => {
      this.requests++
      try {
        const answer = await send(method, path, ...rest)
        if (answer.status >= 500) this.failed.push(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`)
        return answer
      } catch (error) {
        this.failed.push(`${method} ${path}: ${String((error as Error).cause ?? error)}`)
        throw error
      }
    }
    return shopper
  }
}

/** Within the time in which work that a killed process had taken is given to the next. */
async function becomesPaid(shopper: Shopper, cartId: string): Promise<boolean> {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(100)) {
    if ((await shopper.send('GET', `/cart/v1/carts/${cartId}`)).json.status === 'paid') return true
  }
  return false
}
