import type { Observability } from '@slipway/observability'
import type { Static, TSchema, TUndefined } from 'typebox'
import type { Authorization } from './authorization.ts'
import type { MaybePromise } from './maybe-promise.ts'
import { Caller } from './call/caller.ts'
import { renderPath } from './call/path.ts'
import type { CallOptions, ClientOptions, Method } from './client-options.ts'
import type { OnBehalfOf } from './on-behalf-of.ts'
import { successOf, type Operation, type OperationOptions, type ResultOf } from './operation.ts'

/**
 * HTTP calls to one other party. Subclasses give each of its operations a method.
 *
 * A call throws `UpstreamProblem` when the other party refuses, and `UpstreamUnavailable` (503), `UpstreamTimeout` (504)
 * or `BadUpstreamResponse` (502) when it fails. Calls that are safe to repeat (idempotent method or idempotency key)
 * are tried again.
 */
export class BaseClient {
  readonly name: string
  readonly #observability: Observability
  readonly #timeoutMs: number
  readonly #basePath: string
  readonly #caller: Caller

  constructor(options: ClientOptions) {
    const { name, baseUrl, observability, timeoutMs = 5_000 } = options
    const { origin, protocol, pathname, username, search, hash } = new URL(baseUrl)
    if (!/^https?:$/.test(protocol) || username || search || hash) throw new TypeError(`Not a base URL for ${name}`)
    this.name = name
    this.#observability = observability
    this.#timeoutMs = timeoutMs
    this.#basePath = pathname.replace(/\/+$/, '')
    this.#caller = new Caller(origin, options)
  }

  /** Closes the connections when the calls in flight have ended. */
  close(): Promise<void> {
    return this.#caller.close()
  }

  /** Asks for an operation of the other party’s contract. */
  protected async send<Op extends Operation>(operation: Op, options: OperationOptions<Op>): Promise<ResultOf<Op>> {
    const { method, path } = operation
    return (await this.call(method, path, { ...options, response: successOf(operation) })) as ResultOf<Op>
  }

  protected get<R extends TSchema = TUndefined>(path: string, options?: CallOptions<R>): Promise<Static<R>> {
    return this.call('GET', path, options)
  }

  protected post<R extends TSchema = TUndefined>(path: string, options?: CallOptions<R>): Promise<Static<R>> {
    return this.call('POST', path, options)
  }

  protected put<R extends TSchema = TUndefined>(path: string, options?: CallOptions<R>): Promise<Static<R>> {
    return this.call('PUT', path, options)
  }

  protected patch<R extends TSchema = TUndefined>(path: string, options?: CallOptions<R>): Promise<Static<R>> {
    return this.call('PATCH', path, options)
  }

  protected delete<R extends TSchema = TUndefined>(path: string, options?: CallOptions<R>): Promise<Static<R>> {
    return this.call('DELETE', path, options)
  }

  /** Subclasses that have tokens say which one a call carries. */
  protected authorize(as: OnBehalfOf | undefined): MaybePromise<Authorization | undefined> {
    if (as) throw new TypeError(`${this.name} cannot be called on behalf of a user`)
    return undefined
  }

  /** `route` is a template such as `/v1/carts/:id`, under the base URL. */
  protected async call<R extends TSchema = TUndefined>(
    method: Method,
    route: string,
    options: CallOptions<R> = {},
  ): Promise<Static<R>> {
    const { params, query, body, form, timeoutMs = this.#timeoutMs } = options
    const path = renderPath(this.#basePath, route, params, query)
    const payload = form ? new URLSearchParams(form).toString() : body === undefined ? undefined : JSON.stringify(body)
    const given = this.#observability.context.get()?.deadline ?? Number.POSITIVE_INFINITY
    const deadline = Math.min(Date.now() + timeoutMs, given)
    const call = { method, route, path, options, payload, timeoutMs, deadline }
    const { error, body: answer } = await this.#caller.run(call, () => this.authorize(options.as))
    if (error) throw error
    return (options.response ? answer : undefined) as Static<R>
  }
}
