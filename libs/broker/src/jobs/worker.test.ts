import { TransactionPool } from '@slipway/database'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createEffects, effectsOf, transactionsOf, type Tx } from '../testing/effects.ts'
import type { Shipped } from '../testing/events.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { shipWorker } from '../testing/ship-worker.ts'
import { NonRetryable, Stopping } from './errors.ts'
import type { WorkerMiddleware } from './middleware.ts'

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase()
  await database.pool.query(createEffects)
})
beforeEach(() => database.pool.query('TRUNCATE effect, messaging.inbox'))
afterAll(() => database.drop())

const worker = (middleware?: WorkerMiddleware<Tx>[]) => shipWorker(transactionsOf(database.pool), middleware)

/** With a pool of its own, for a job whose time is over only when `timeOut` says so, however slow the machine is. */
function timedWorker() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const pool = new TransactionPool({ connectionString: database.url, max: 1 })
  pool.on('error', () => {})
  onTestFinished(async () => {
    vi.useRealTimers()
    await pool.end()
  })
  const worker = shipWorker((work) => pool.transaction(() => transactionsOf(pool)(work)))
  worker.job.timeoutMs = 150
  return { ...worker, pool, timeOut: () => void vi.advanceTimersByTime(150) }
}

test('an event that comes again has one effect', async () => {
  const { run, event } = worker()
  const twice = event(7)
  expect(await run(twice)).toEqual({ kind: 'done' })
  expect(await run(twice)).toEqual({ kind: 'duplicate' })
  expect(await effectsOf(database.pool)).toEqual({ ship: [7] })
})

test('an event that is delivered many times at once has one effect, also when the first of them fails', async () => {
  const { run, event, job } = worker()
  const one = event(7)
  let runs = 0
  job.then = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (++runs === 1) throw new Error('the first one fails')
  }
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => run(one)))
  const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length
  expect([count('retry'), count('done'), count('duplicate')]).toEqual([1, 1, 6])
  expect(await effectsOf(database.pool)).toEqual({ ship: [7] })
})

test('a run that fails leaves nothing behind and comes again, later each time; the last one is dead', async () => {
  const { run, event, job, captureException } = worker()
  const error = new Error('no')
  job.then = () => {
    throw error
  }
  const failing = event()
  expect(await run(failing, 1)).toEqual({ kind: 'retry', delayMs: 100, nextAttempt: 2, error })
  expect(await run(failing, 2)).toEqual({ kind: 'retry', delayMs: 200, nextAttempt: 3, error })
  expect(captureException).not.toHaveBeenCalled()
  expect(await run(failing, 3)).toEqual({ kind: 'dead', error })
  expect(captureException.mock.calls).toEqual([[error, { job: 'ship' }]])
  expect(await effectsOf(database.pool)).toEqual({})
})

test('NonRetryable is dead at once; something that is no Error is an error all the same', async () => {
  const { run, event, job } = worker()
  job.then = () => {
    throw new NonRetryable('never')
  }
  expect(await run(event())).toEqual({ kind: 'dead', error: new NonRetryable('never') })
  job.then = () => Promise.reject('a string')
  expect(await run(event())).toMatchObject({ kind: 'retry', error: expect.any(Error) })
})

test('a job that hangs ends at its timeout, and its transaction with it', async () => {
  const { run, event, job, pool, timeOut } = timedWorker()
  let signal: AbortSignal | undefined
  job.then = (context) => {
    signal = context.signal
    setImmediate(timeOut)
    return new Promise(() => {})
  }
  expect(await run(event())).toMatchObject({ kind: 'retry', error: { name: 'JobTimeout' } })
  expect(signal?.aborted).toBe(true)
  vi.useRealTimers()
  expect(await effectsOf(database.pool)).toEqual({})
  await vi.waitFor(() => expect(pool.idleCount).toBe(pool.totalCount), 30_000)
})

test('a job that returns just when its time is over does not commit', async () => {
  const { run, event, job } = worker()
  job.timeoutMs = 150
  job.then = ({ signal }) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  expect(await run(event())).toMatchObject({ kind: 'retry', error: { name: 'JobTimeout' } })
  expect(await effectsOf(database.pool)).toEqual({})
})

test.each(['JobTimeout', 'Stopping'])('a job that goes on after %s writes nothing more', async (end) => {
  const { run, event, job, timeOut } = timedWorker()
  const stop = new AbortController()
  const last = Promise.withResolvers<unknown>()
  job.then = async ({ tx }) => {
    setImmediate(end === 'Stopping' ? () => stop.abort(new Stopping()) : timeOut)
    await tx.sql.query('SELECT pg_sleep(0.5)')
    await tx.ship('late', 1).then(last.resolve, last.resolve)
  }
  const outcome = await run(event(), 1, stop.signal)
  expect(outcome).toMatchObject(end === 'Stopping' ? { kind: 'released' } : { kind: 'retry', error: { name: end } })
  expect(await last.promise).toMatchObject({ name: 'TransactionEnded' })
  vi.useRealTimers()
  expect(await effectsOf(database.pool)).toEqual({})
  expect((await database.pool.query('SELECT FROM messaging.inbox')).rowCount).toBe(0)
})

test('a transaction that never ends does not keep the run', async () => {
  const { run, event, job } = shipWorker(() => new Promise(() => {}))
  job.timeoutMs = 50
  expect(await run(event())).toMatchObject({ kind: 'retry', error: { name: 'JobTimeout' } })
})

test('a stop gives the event back and rolls its run back', async () => {
  const { run, event, job } = worker()
  const stop = new AbortController()
  job.then = () => {
    stop.abort(new Stopping())
    return new Promise(() => {})
  }
  expect(await run(event(), 1, stop.signal)).toEqual({ kind: 'released' })
  expect(await effectsOf(database.pool)).toEqual({})
})

test('an outage of the database is no attempt', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const { run, event } = shipWorker(() => Promise.reject(refused))
  expect(await run(event(), 3)).toMatchObject({ kind: 'retry', nextAttempt: 3, delayMs: 200 })
})

test('an event that triggers nothing is done with, without a transaction', async () => {
  const { run, event, job } = shipWorker(() => Promise.reject(new Error('opened')))
  job.triggered = false
  expect(await run(event())).toEqual({ kind: 'skipped' })
})

test('middleware of the service is around each run, in its order, and may refuse it', async () => {
  const seen: string[] = []
  const note =
    (name: string): WorkerMiddleware<Tx> =>
    async ({ event }, next) => {
      seen.push(`${name} before`)
      if ((event.data as Shipped).parcels === 13) throw new NonRetryable('unlucky')
      const outcome = await next()
      seen.push(`${name} after ${outcome.kind}`)
      return outcome
    }
  const { run, event } = worker([note('outer'), note('inner')])
  expect(await run(event(1))).toEqual({ kind: 'done' })
  expect(seen).toEqual(['outer before', 'inner before', 'inner after done', 'outer after done'])
  expect(await run(event(13))).toMatchObject({ kind: 'dead' })
})
