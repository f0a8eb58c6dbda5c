import type { Neighbours } from '@slipway/testing'

export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Parsed, where it is JSON. */
  readonly body: unknown
}

export interface Reply {
  readonly status: number
  readonly json?: object
}

const methods = ['GET', 'POST']

/** Answers whatever is sent to an origin. */
export function replyWith(neighbours: Neighbours, origin: string, answer: (sent: Sent) => Reply) {
  for (const method of methods) {
    neighbours.dispatcher
      .get(origin)
      .intercept({ path: () => true, method })
      .reply((request) => {
        const text = typeof request.body === 'string' ? request.body : ''
        const { status, json } = answer({
          method,
          path: request.path,
          headers: request.headers as Record<string, string>,
          body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
        })
        const type = status < 400 ? 'application/json' : 'application/problem+json'
        return { statusCode: status, data: json ?? '', responseOptions: { headers: { 'content-type': type } } }
      })
      .persist()
  }
}
