import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { AppError } from '@slipway/errors'
import { expect, onTestFinished, test, vi } from 'vitest'
import { countingIds, observe } from './testing/observe.ts'

class NotFound extends AppError {
  readonly code = 'NOT_FOUND'
  readonly status = 404
}

/** Answers as Sentry's ingestion does and keeps the events. */
async function sentryDouble() {
  const events: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
    events.push(JSON.parse(text.split('\n')[2] ?? '{}'))
    response.end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return { events, dsn: `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1` }
}

test('an unexpected error reaches Sentry with release, trace and caller, and without personal data', async () => {
  const { events, dsn } = await sentryDouble()
  const { observability } = observe({ SENTRY_DSN: dsn }, { ids: countingIds() })
  await observability.span('work', { requestId: 'r-1', caller: 'u-1' }, () => {
    observability.captureException(new NotFound('No such cart'))
    observability.captureException(new TypeError('no amqp://guest:canary@broker'), { job: 'pay' })
    observability.captureException({ email: 'ann@example.com' })
  })
  await observability.close()

  // closing gives up after two seconds, which a busy machine may need to load Sentry
  await vi.waitFor(() => expect(events).toHaveLength(2), { timeout: 20_000 })
  const exception = { type: 'TypeError', value: 'no amqp://guest:[Redacted]@broker' }
  expect(events[0]).toEqual({
    event_id: expect.any(String),
    timestamp: expect.any(Number),
    environment: 'production',
    platform: 'node',
    level: 'error',
    release: 'cart@1.2.3',
    tags: { service: 'cart', requestId: 'r-1', job: 'pay' },
    user: { id: 'u-1' },
    contexts: {
      trace: { trace_id: '00000000000000000000000000000001', span_id: '0000000000000002' },
      runtime: { name: 'node', version: process.version },
    },
    exception: { values: [expect.objectContaining(exception)] },
    sdk: expect.any(Object),
  })
  expect(JSON.stringify(events)).not.toMatch(/canary|ann@example/)
})

test('Sentry being down neither fails nor delays the close for long', async () => {
  const { observability } = observe({ SENTRY_DSN: 'http://key@127.0.0.1:9/1' })
  observability.captureException(new Error('lost'))
  const start = performance.now()
  await observability.close()
  expect(performance.now() - start).toBeLessThan(10_000)
})
