import type { Deps } from '../../deps.ts'

/** What a process that was killed does next: nothing. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/**
 * The life of the process under test. Between any two of its steps (a transaction, a call, a write of its own) it may
 * die, or something else may happen that another process does.
 */
export class Life {
  captureMode: Deps['captureMode'] = 'automatic'
  /** What was to be done after an answer. */
  readonly later: (() => Promise<unknown>)[] = []
  #stepsLeft = 0
  #then: (() => Promise<unknown>) | undefined
  #isDead = false

  get isDead() {
    return this.#isDead
  }

  /** After so many steps from now this happens, once. */
  plan(steps: number, then: () => Promise<unknown>) {
    this.#stepsLeft = steps
    this.#then = then
  }

  die() {
    this.#isDead = true
  }

  /** Another process takes its place; whatever the dead one had in hand is lost with it. */
  begin() {
    this.#isDead = false
    this.#then = undefined
    this.later.length = 0
  }

  async step<T>(work: () => Promise<T>): Promise<T> {
    await this.#between()
    const result = await work()
    await this.#between()
    return result
  }

  async #between() {
    const then = this.#then
    if (then && this.#stepsLeft-- === 0) {
      this.#then = undefined
      await then()
    }
    if (this.#isDead) throw new Crash()
  }
}

/** Every asynchronous method of these is a step. */
function stepwise<T extends object>(target: T, life: Life, methods: readonly (keyof T)[]): T {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const call = (...args: unknown[]) => Reflect.apply(value, target, args) as Promise<unknown>
      return methods.includes(name as keyof T) ? (...args: unknown[]) => life.step(() => call(...args)) : call
    },
  })
}

/** The same, cut into steps. */
export function mortal(deps: Deps, life: Life): Deps {
  const provider = (name: string) =>
    stepwise(deps.providers.get(name), life, ['open', 'find', 'cancel', 'capture', 'refund', 'settlement'])
  const all = deps.providers.all.map(({ name }) => provider(name))
  const get = (name: string) => all.find((each) => each.name === name) ?? deps.providers.get(name)
  return {
    ...deps,
    transaction: (work) => life.step(() => deps.transaction(work)),
    idempotency: stepwise(deps.idempotency, life, ['claim', 'answer', 'giveBack']),
    cart: stepwise(deps.cart, life, ['checkout', 'release']),
    providers: { ...deps.providers, all, get, current: get(deps.providers.current.name) },
    afterwards: (work) => void life.later.push(work),
    get captureMode() {
      return life.captureMode
    },
  }
}
