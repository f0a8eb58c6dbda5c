import type { IncomingHttpHeaders } from 'node:http'
import { Pool, type Dispatcher } from 'undici'
import type { ClientOptions } from '../client-options.ts'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge'
}

/** Connections of one client to the origin of its base URL. */
export function createPool(origin: string, options: ClientOptions): Pool {
  const { connectTimeoutMs = 1_000, connections = 100, tls } = options
  return new Pool(origin, {
    connections,
    allowH2: false,
    connect: {
      timeout: connectTimeoutMs,
      ...(tls?.ca && { ca: tls.ca }),
      ...(tls?.cert && { cert: tls.cert, key: tls.key }),
    },
  })
}

/** What ends a call before its response is whole. */
export interface Limits {
  /** Epoch milliseconds. */
  deadline: number
  /** Thrown when the whole response is not there by then. */
  late: () => Error
  maxResponseBytes: number
}

/** Sends one request and reads its whole response. Redirects are not followed. */
export function send(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions, limits: Limits): Promise<Reply> {
  return new Promise((resolve, reject) => dispatcher.dispatch(request, new Receiver(limits, resolve, reject)))
}

/**
 * Takes one response in. Below `Dispatcher.request`, whose stream for each body and signal for each call cost more than
 * the call itself (see `bench/call.ts`).
 */
class Receiver implements Dispatcher.DispatchHandler {
  readonly #limits: Limits
  readonly #resolve: (reply: Reply) => void
  readonly #reject: (error: Error) => void
  readonly #timer: NodeJS.Timeout
  #controller: Dispatcher.DispatchController | undefined
  #late: Error | undefined
  #status = 0
  #headers: IncomingHttpHeaders = {}
  readonly #chunks: Buffer[] = []
  #length = 0

  constructor(limits: Limits, resolve: (reply: Reply) => void, reject: (error: Error) => void) {
    this.#limits = limits
    this.#resolve = resolve
    this.#reject = reject
    this.#timer = setTimeout(() => this.#giveUp(), Math.max(0, limits.deadline - Date.now()))
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.#controller = controller
    if (this.#late) controller.abort(this.#late)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders) {
    this.#status = status
    this.#headers = headers
    if (Number(headers['content-length']) > this.#limits.maxResponseBytes) this.#refuse(controller)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer) {
    this.#length += chunk.length
    if (this.#length > this.#limits.maxResponseBytes) this.#refuse(controller)
    else this.#chunks.push(chunk)
  }

  onResponseEnd() {
    clearTimeout(this.#timer)
    const [first] = this.#chunks
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks)
    this.#resolve({ status: this.#status, headers: this.#headers, text: body.toString() })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error) {
    clearTimeout(this.#timer)
    this.#reject(error)
  }

  /** A request that still waits for a connection has no controller yet: nobody waits for it any more. */
  #giveUp() {
    this.#late = this.#limits.late()
    if (this.#controller) this.#controller.abort(this.#late)
    else this.#reject(this.#late)
  }

  /** Ends the connection too: the rest of the body would come over it. */
  #refuse(controller: Dispatcher.DispatchController) {
    controller.abort(new ResponseTooLarge(`over ${this.#limits.maxResponseBytes} bytes`))
  }
}
