import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Webhook } from '@slipway/contracts/sandbox-bank'
import { listener } from '@slipway/testing'

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders
  body: string
  webhook: Webhook
  at: number
}

/** A merchant's own server, which keeps what it is sent. */
export class WebhookTarget {
  readonly received: ReceivedWebhook[] = []
  /** Answers 204 unless a test decides otherwise. */
  answer: (webhook: Webhook, response: ServerResponse) => void = (_webhook, response) =>
    void response.writeHead(204).end()
  readonly #server: Server

  private constructor() {
    this.#server = createServer(
      listener(async (request, response) => {
        const body = await text(request)
        const webhook = JSON.parse(body) as Webhook
        this.received.push({ headers: request.headers, body, webhook, at: performance.now() })
        this.answer(webhook, response)
      }),
    )
  }

  static async listen(): Promise<WebhookTarget> {
    const target = new WebhookTarget()
    target.#server.listen(0, '127.0.0.1')
    await once(target.#server, 'listening')
    return target
  }

  get host() {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get url() {
    return `http://${this.host}/webhooks`
  }

  get types() {
    return this.received.map(({ webhook }) => webhook.type)
  }

  reset() {
    this.received.length = 0
    this.answer = (_webhook, response) => void response.writeHead(204).end()
  }

  close() {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

/** Answers with these statuses, one after another, and then with 204. */
export function answering(...statuses: number[]): WebhookTarget['answer'] {
  return (_webhook, response) => void response.writeHead(statuses.shift() ?? 204).end()
}
