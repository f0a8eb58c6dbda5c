import { once } from 'node:events'
import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerDocs } from '../answer-docs.ts'
import { landingPage } from '../landing-page.ts'
import { Refusal } from '../refusal.ts'

const json = { 'content-type': 'application/problem+json' }
const unavailable = (service: string) =>
  JSON.stringify({
    type: 'urn:problem:service-unavailable',
    title: 'Service Unavailable',
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    detail: `${service} does not run: see the terminal`,
  })

/** The one port: hands each request on to the newest process of the service that its path names. */
export class DevDoor {
  readonly #server: Server
  readonly #ports = new Map<string, number>()

  private constructor(server: Server) {
    this.#server = server
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#forward(request, response))
  }

  /** @throws Refusal when the port is taken */
  static async open(host: string, port: number): Promise<DevDoor> {
    const server = createServer()
    const door = new DevDoor(server)
    server.listen(port, host)
    await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
      throw new Refusal(
        `Cannot listen on ${host}:${port}: ${error.message}. Choose another: npm run dev -- --port ${port + 1}`,
      )
    })
    return door
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  /** From now on this process answers for the service. */
  lead(service: string, port: number) {
    this.#ports.set(service, port)
  }

  close() {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #forward(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? '/'
    const service = path.split(/[/?]/, 2)[1] ?? ''
    const port = this.#ports.get(service)
    if (path === '/')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(landingPage([...this.#ports.keys()]))
    if (answerDocs(path, this.#ports.keys(), response)) return
    if (port === undefined) return void response.writeHead(503, json).end(unavailable(service || 'it'))
    const options = { host: '127.0.0.1', port, method: request.method, path, headers: request.headers }
    const onward = send(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () =>
      response.headersSent ? response.destroy() : response.writeHead(503, json).end(unavailable(service)),
    )
    request.pipe(onward)
  }
}
