import { afterAll, beforeAll, expect, test } from 'vitest'
import { shipped } from '../testing/events.ts'
import { sampleOf, testObservability } from '../testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { createOutboxMetrics } from './metrics.ts'
import { createOutbox } from './outbox.ts'
import { OutboxStore, type Backlog } from './store.ts'

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase()
})
afterAll(() => database.drop())

test('the backlog shows how many events are due, and for how long', async () => {
  const { metrics } = testObservability()
  const store = new OutboxStore(database.pool)
  createOutboxMetrics(metrics, () => store.backlog())
  expect(await sampleOf(metrics, 'outbox_backlog_events')).toBe(0)
  expect(await sampleOf(metrics, 'outbox_oldest_age_seconds')).toBe(0)

  const outbox = createOutbox({ source: 'shop' })
  for (const parcels of [1, 2, 3, 4, 5]) await outbox.emit(database.pool, shipped(parcels))
  await database.pool.query(`UPDATE messaging.outbox SET state = 'published', published_at = now() WHERE position = 1`)
  await database.pool.query(`UPDATE messaging.outbox SET due_at = now() + interval '1 hour' WHERE position = 2`)
  await database.pool.query(`UPDATE messaging.outbox SET due_at = now() - interval '90 seconds' WHERE position = 3`)

  await new OutboxStore(database.pool).postpone([{ position: '4' }] as never, 'unroutable')

  expect(await sampleOf(metrics, 'outbox_backlog_events')).toBe(2)
  expect(await sampleOf(metrics, 'outbox_unroutable_events')).toBe(1)
  expect(await sampleOf(metrics, 'outbox_oldest_age_seconds')).toBeCloseTo(90, -1)
})

test('a database that does not answer does not break the scrape', async () => {
  const { metrics } = testObservability()
  createOutboxMetrics(metrics, () => Promise.reject(new Error('away')))
  expect(await metrics.metrics()).toContain('outbox_backlog_events')
})

test('a database that never answers does not hold up a scrape, and is asked by one question at a time', async () => {
  const { metrics } = testObservability()
  const answer = Promise.withResolvers<Backlog>()
  let questions = 0
  const backlog = () => {
    questions++
    return answer.promise
  }
  createOutboxMetrics(metrics, backlog, Date.now, 20)
  expect(await metrics.metrics()).toContain('outbox_backlog_events')
  await metrics.metrics()
  expect(questions).toBe(1)
  answer.resolve({ size: 7, ageSeconds: 0, unroutable: 0 })
  await answer.promise
  expect(await sampleOf(metrics, 'outbox_backlog_events')).toBe(7)
})

test('latency is from the emit to the confirm', async () => {
  const { metrics } = testObservability()
  const confirmedAt = Date.UTC(2030, 0, 1)
  const rows = [250, 750].map((ms) => ({ waitingSince: new Date(confirmedAt - ms) }))
  createOutboxMetrics(
    metrics,
    () => Promise.reject(new Error('unused')),
    () => confirmedAt,
  ).published(rows as never)
  expect(await sampleOf(metrics, 'outbox_published_total')).toBe(2)
  expect(await sampleOf(metrics, 'outbox_publish_latency_seconds_sum')).toBe(1)
})
