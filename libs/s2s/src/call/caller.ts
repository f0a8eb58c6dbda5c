import { setTimeout as sleep } from 'node:timers/promises'
import { SpanKind, type Observability } from '@slipway/observability'
import type { Dispatcher, Pool } from 'undici'
import type { Authorization } from '../authorization.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { ClientOptions, Method } from '../client-options.ts'
import { UpstreamTimeout, UpstreamUnauthorized } from '../errors.ts'
import { createBreaker } from './breaker.ts'
import type { Call } from './call.ts'
import { before } from './deadline.ts'
import { headersOf } from './headers.ts'
import { judge, judgeFailure } from './judge.ts'
import type { Outcome } from './outcome.ts'
import { createRecorder } from './record.ts'
import { delayMs, RetryBudget } from './retry.ts'
import { createPool, send } from './transport.ts'

const idempotent = new Set<Method>(['GET', 'PUT', 'DELETE'])

/** Makes calls to one origin: attempts, retries, breaker, log lines. */
export class Caller {
  readonly #name: string
  readonly #origin: string
  readonly #options: ClientOptions
  readonly #observability: Observability
  readonly #pool: Pool | undefined
  readonly #dispatcher: Dispatcher
  readonly #breaker: ReturnType<typeof createBreaker>
  readonly #record: ReturnType<typeof createRecorder>
  readonly #budget = new RetryBudget()

  constructor(origin: string, options: ClientOptions) {
    const { name, observability, dispatcher } = options
    this.#name = name
    this.#origin = origin
    this.#options = options
    this.#observability = observability
    this.#pool = dispatcher ? undefined : createPool(origin, options)
    this.#dispatcher = dispatcher ?? this.#pool!
    this.#breaker = createBreaker(name, observability)
    this.#record = createRecorder(name, origin, observability)
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }

  /** Sends a call until it is answered, refused, or not worth another attempt. */
  async run(call: Call, authorize: () => MaybePromise<Authorization | undefined>): Promise<Outcome> {
    const { method, options, deadline } = call
    const { retries = 2, random = Math.random } = this.#options
    const repeatable = options.repeatable || options.idempotencyKey !== undefined || idempotent.has(method)
    let authorization = await before(deadline, this.#name, authorize())
    let retriesLeft = repeatable ? retries : 0
    let renewed = false
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call, attempt, authorization)
      if (outcome.status !== undefined && !outcome.trouble) this.#budget.answered()
      if (!outcome.error) return outcome
      if (outcome.status === 401) {
        // refused before anything was done: any call may be sent again with another token
        if (renewed || !authorization?.refused?.()) return this.#unauthorized(call, outcome)
        renewed = true
        authorization = await before(deadline, this.#name, authorize())
        continue
      }
      const wait = delayMs(attempt, outcome, random)
      const again = outcome.transient && retriesLeft-- > 0 && Date.now() + wait < deadline && this.#budget.take()
      if (!again) return outcome
      await sleep(wait)
    }
  }

  /** A user's own token was refused: that is for the user to know. Ours: that is for us. */
  #unauthorized({ options }: Call, outcome: Outcome): Outcome {
    if (options.as?.mode === 'forward') return outcome
    return { ...outcome, error: new UpstreamUnauthorized(this.#name, { cause: outcome.error }) }
  }

  #attempt(call: Call, attempt: number, authorization: Authorization | undefined): Promise<Outcome> {
    const { method, route } = call
    const attributes = { 'http.request.method': method, 'url.template': route, 'peer.service': this.#name }
    return this.#observability.span(`${method} ${route}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const startedAt = performance.now()
      const late = Date.now() >= call.deadline
      const outcome = late
        ? { error: new UpstreamTimeout(this.#name) }
        : await this.#breaker(() => this.#send(call, authorization))
      this.#record(call, attempt, outcome, startedAt, span)
      return outcome
    })
  }

  async #send(call: Call, authorization: Authorization | undefined): Promise<Outcome> {
    const { headersTimeoutMs = 0, bodyTimeoutMs = 0, maxResponseBytes = 4_194_304 } = this.#options
    const given = call.deadline - Date.now()
    const late = () => new UpstreamTimeout(this.#name)
    const request = {
      origin: this.#origin,
      path: call.path,
      method: call.method,
      headers: headersOf(call, this.#observability, authorization),
      body: call.payload,
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
    }
    try {
      const reply = await send(this.#dispatcher, request, { deadline: call.deadline, late, maxResponseBytes })
      return judge(this.#name, reply, call.options.response)
    } catch (error) {
      const outcome = judgeFailure(this.#name, error)
      // a caller in a hurry says nothing about the called service
      return error instanceof UpstreamTimeout && given < call.timeoutMs / 2 ? { ...outcome, trouble: false } : outcome
    }
  }
}
