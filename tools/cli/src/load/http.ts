import { Agent, request } from 'undici'
import type { Measurements } from './measurements.ts'

export type Json = ReturnType<typeof JSON.parse>

export interface Sent {
  method: 'GET' | 'POST' | 'PUT'
  /** Below the base URL, or whole. */
  path: string
  /** Under which it is counted; the path unless given. */
  name?: string
  token?: string
  body?: object
  headers?: Record<string, string>
  /** Statuses that are right; any below 400 unless given. */
  status?: number
}

/** An answer that is not as it must be; the message is the same for all of its kind, so that they can be counted. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}

/** Connections of one load test. */
export class Http {
  readonly #agent = new Agent({ connections: 256, keepAliveTimeout: 10_000 })
  readonly #baseUrl: string

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
  }

  /** @throws WrongAnswer */
  async send(sent: Sent, measurements?: Measurements): Promise<{ status: number; json: Json; retryAfter: number }> {
    const { method, path, token, body, headers } = sent
    const name = `${method} ${sent.name ?? path}`
    const startedAt = performance.now()
    const answer = await request(path.startsWith('http') ? path : this.#baseUrl + path, {
      method,
      dispatcher: this.#agent,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      headersTimeout: 30_000,
    }).catch((error: { code?: string; message: string }) => {
      throw new WrongAnswer(`${name}: ${error.code ?? error.message}`)
    })
    const text = await answer.body.text()
    measurements?.request(name, performance.now() - startedAt)
    const json: Json = String(answer.headers['content-type']).includes('json') ? JSON.parse(text) : undefined
    const right = sent.status === undefined ? answer.statusCode < 400 : answer.statusCode === sent.status
    if (!right && measurements) throw new WrongAnswer(`${name}: ${answer.statusCode} ${json?.code ?? ''}`.trim())
    return { status: answer.statusCode, json, retryAfter: Number(answer.headers['retry-after'] ?? 1) }
  }

  close() {
    return this.#agent.close()
  }
}
