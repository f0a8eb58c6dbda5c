import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { problemMediaType, toProblem } from '@slipway/errors'
import { parseTraceparent } from '@slipway/observability'
import type { BuiltService } from '@slipway/service-kit'
import { answerDocs } from './answer-docs.ts'
import { landingPage } from './landing-page.ts'
import { NoSuchPlace, Starting } from './errors.ts'
import { Refusal } from './refusal.ts'

/** The one public listener: the first part of the path names the service. */
export class FrontDoor {
  readonly #server: Server
  #services: ReadonlyMap<string, BuiltService> | undefined

  private constructor(server: Server) {
    this.#server = server
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response))
  }

  /** Listens at once, so that a taken port is known before anything else is started. @throws Refusal */
  static async open(host: string, port: number): Promise<FrontDoor> {
    const server = createServer({ requestTimeout: 3_600_000 }) // a large upload over a slow line; headers have Node’s own 60 s
    const door = new FrontDoor(server)
    server.listen(port, host)
    try {
      await once(server, 'listening')
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE')
        throw new Refusal(`Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1}`)
      if (code === 'EACCES')
        throw new Refusal(`Port ${port} may not be used by this user. Choose one above 1023: npm start -- --port 3000`)
      throw new Refusal(`Cannot listen on ${host}:${port}: ${message}.`)
    }
    return door
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  /** From now on requests go to the services. */
  serve(services: readonly BuiltService[]) {
    this.#services = new Map(services.map((service) => [service.name, service]))
  }

  /** Takes no more connections and waits until those under way are answered. */
  async drain(timeoutMs: number) {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    const cut = setTimeout(() => this.#server.closeAllConnections(), timeoutMs)
    await closed
    clearTimeout(cut)
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url?.split('?', 1)[0] ?? '/'
    const service = this.#services?.get(path.split('/', 2)[1] ?? '')
    if (service) return service.app.routing(request, response)
    if (this.#services && path === '/')
      return void response.writeHead(200, html).end(landingPage([...this.#services.keys()]))
    if (this.#services && answerDocs(path, this.#services.keys(), response)) return
    const error = this.#services ? new NoSuchPlace() : new Starting()
    const problem = toProblem(error, { instance: path, traceId: traceIdOf(request) })
    response
      .writeHead(problem.status, {
        'content-type': problemMediaType,
        'x-trace-id': problem.traceId,
        ...error.headers,
      })
      .end(JSON.stringify(problem))
  }
}

/** The caller's trace, or one of its own. */
const traceIdOf = ({ headers: { traceparent } }: IncomingMessage) =>
  parseTraceparent(typeof traceparent === 'string' ? traceparent : undefined)?.traceId ??
  randomBytes(16).toString('hex')

const html = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
}
