import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { Type } from 'typebox'
import { onTestFinished } from 'vitest'
import { BaseClient } from '../base-client.ts'
import { S2SClient } from '../s2s-client.ts'
import type { CallOptions } from '../client-options.ts'
import type { OnBehalfOf } from '../on-behalf-of.ts'

const schema = Type.Object(observabilityVariables)

/** An observability of acquiring 1.2.3 whose lines are collected. */
export function observe() {
  const lines: string[] = []
  const observability = createObservability({
    service: 'acquiring',
    version: '1.2.3',
    settings: readSettings(schema, {}),
    destination: { write: (line) => void lines.push(line) },
  })
  return { observability, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

export interface Seen {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

/** A real server on a port of its own; `answer` is called once the request is there. */
export async function serve(answer: (seen: Seen, response: ServerResponse, count: number) => unknown) {
  const requests: Seen[] = []
  const server = createServer(async (request, response) => {
    const seen = { method: request.method, url: request.url, headers: request.headers, body: await text(request) }
    await answer(seen, response, requests.push(seen))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

const Item = Type.Object({ id: Type.String() })

/** The verbs, made callable. */
export class TestClient extends BaseClient {
  item = (options?: CallOptions) => this.get('/v1/items/:id', { params: { id: '1' }, ...options, response: Item })
  ping = (options?: CallOptions) => this.get('/v1/ping', options)
  add = (options?: CallOptions) => this.post('/v1/items', { body: { name: 'x' }, ...options })
}

export class TestS2SClient extends S2SClient {
  item = (as?: OnBehalfOf) => this.get('/v1/items/:id', { params: { id: '1' }, as, response: Item })
  add = (as?: OnBehalfOf) => this.post('/v1/items', { body: { name: 'x' }, as })
}
