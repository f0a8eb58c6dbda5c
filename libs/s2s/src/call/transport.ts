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

/** Sends one request and reads its whole response. Redirects are not followed. */
export async function send(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions & { origin: string },
  maxResponseBytes: number,
): Promise<Reply> {
  const { statusCode, headers, body } = await dispatcher.request(request)
  const announced = Number(headers['content-length'] ?? Number.NaN)
  if (announced <= maxResponseBytes) return { status: statusCode, headers, text: await body.text() }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    // leaving the loop destroys the body, and with it the connection
    if (length > maxResponseBytes || announced > maxResponseBytes)
      throw new ResponseTooLarge(`over ${maxResponseBytes} bytes`)
    chunks.push(chunk)
  }
  return { status: statusCode, headers, text: Buffer.concat(chunks).toString() }
}
