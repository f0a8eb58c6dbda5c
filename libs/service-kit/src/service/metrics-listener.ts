import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { Observability } from '@slipway/observability'

/**
 * Serves Prometheus text at `/<service>/metrics` and at `/metrics` (all of them), on a listener of its own that is
 * not meant for the outside. What cannot be measured just now is a 500, which Prometheus shows.
 */
export async function listenForMetrics(host: string, port: number, sources: readonly Observability[]): Promise<Server> {
  const paths = new Map(sources.map((source) => [`/${source.service}/metrics`, [source]]))
  paths.set('/metrics', [...sources])
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const found = paths.get(request.url?.split('?', 1)[0] ?? '')
    if (!found) return void response.writeHead(404).end()
    const texts = await Promise.all(found.map(({ metrics }) => metrics.metrics()))
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(texts.join('\n'))
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}
