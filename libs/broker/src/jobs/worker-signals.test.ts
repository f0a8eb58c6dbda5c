import { AppError } from '@slipway/errors'
import { expect, test } from 'vitest'
import { orderId, OrderShipped } from '../testing/events.ts'
import { sampleOf } from '../testing/observability.ts'
import { shipWorker } from '../testing/ship-worker.ts'

class OutOfStock extends AppError {
  readonly code = 'OUT_OF_STOCK'
  readonly status = 409
}

const sql = { query: async () => ({ rows: [], rowCount: 1 }) }
const worker = () => shipWorker((work) => work({ ship: async () => {}, sql }, sql))

test('business errors are retried like others and never reported', async () => {
  const { run, event, job, captureException, lines } = worker()
  job.then = () => {
    throw new OutOfStock('Sold out')
  }
  expect(await run(event(), 3)).toMatchObject({ kind: 'dead' })
  // captureException itself ignores AppErrors; the worker hands it every last failure
  expect(captureException.mock.calls[0]?.[0]).toBeInstanceOf(AppError)
  expect(lines.at(-1)).toMatchObject({ 'log.level': 'error', 'error.code': 'OUT_OF_STOCK' })
})

test('a run is one line, in the trace of its event, without the data', async () => {
  const { run, event, job, lines, logger } = worker()
  job.then = () => logger.debug('inside')
  const traced = { ...event(42), traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
  await run(traced, 2)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject({
    'log.level': 'info',
    message: 'job ship done',
    'trace.id': '0af7651916cd43dd8448eb211c80319c',
    'messaging.message.id': traced.id,
    'messaging.destination.name': OrderShipped.type,
    event: { action: 'job-run', outcome: 'success', duration: expect.any(Number) },
    job: { name: 'ship', outcome: 'done', attempt: 2 },
  })
  expect(lines[0]).toMatchObject({ message: 'inside', 'messaging.message.id': traced.id })
  expect(JSON.stringify(lines)).not.toContain(orderId)
})

test('runs, attempts and dead letters are counted', async () => {
  const { run, event, job, metrics } = worker()
  await run(event())
  job.then = () => {
    throw new Error('no')
  }
  await run(event(), 3)
  const sample = (name: string, labels: object) => sampleOf(metrics, name, labels)
  const byOutcome = (outcome: string) => ({ job: 'ship', outcome })
  expect(await sample('job_duration_seconds_count', byOutcome('done'))).toBe(1)
  expect(await sample('job_duration_seconds_count', byOutcome('dead'))).toBe(1)
  expect(await sample('job_attempts_sum', { job: 'ship' })).toBe(4)
  expect(await sample('job_dead_letters_total', { job: 'ship' })).toBe(1)
})
