import { expect, test } from 'vitest'
import { sampleOf, testObservability } from '../testing/observability.ts'
import { showDeadLetters } from './dead-gauge.ts'

const jobs = [{ name: 'pack' }, { name: 'ship' }]

test('each job shows how many wait; one that cannot be asked keeps what it had', async () => {
  const { metrics } = testObservability()
  const counts: Record<string, number> = { 'shop.pack': 3, 'shop.ship': 0 }
  let asked = async (queue: string) => counts[queue] ?? -1
  showDeadLetters(metrics, { service: 'shop', jobs, transport: { countDead: (queue) => asked(queue) } })
  const shown = async () => Promise.all(jobs.map(({ name }) => sampleOf(metrics, 'job_dead_letters', { job: name })))
  expect(await shown()).toEqual([3, 0])
  asked = (queue) => (queue === 'shop.pack' ? Promise.reject(new Error('away')) : Promise.resolve(2))
  expect(await shown()).toEqual([3, 2])
})

test('a broker that does not answer does not hold up a scrape', async () => {
  const { metrics } = testObservability()
  const transport = { countDead: () => new Promise<number>(() => {}) }
  showDeadLetters(metrics, { service: 'shop', jobs, transport, patienceMs: 20 })
  expect(await metrics.metrics()).toContain('job_dead_letters')
})
