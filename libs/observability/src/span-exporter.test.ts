import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { countingIds, observe } from './testing/observe.ts'

async function collectorDouble(status: number) {
  const received: { url: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    received.push({ url: request.url, body: await text(request) })
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return { received, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

test('spans reach the collector before close returns', async () => {
  const { received, endpoint } = await collectorDouble(200)
  const { observability } = observe({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, { ids: countingIds() })
  await observability.span('pay', {}, () => {})
  await observability.close()
  expect(received).toEqual([{ url: '/v1/traces', body: expect.stringContaining('"name":"pay"') }])
  expect(received[0]?.body).toContain('"stringValue":"cart"')
})

test('a collector that refuses spans is told of', async () => {
  const { endpoint } = await collectorDouble(403)
  const { observability, lines, last } = observe({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  await observability.span('pay', {}, () => {})
  await observability.close()
  expect(lines).toHaveLength(1)
  expect(last()).toMatchObject({ 'log.level': 'warn', message: 'Spans could not be sent' })
})

test('a collector that is down does not hold up the close', async () => {
  const { observability } = observe({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })
  await observability.span('pay', {}, () => {})
  const start = performance.now()
  await observability.close()
  expect(performance.now() - start).toBeLessThan(10_000)
})
