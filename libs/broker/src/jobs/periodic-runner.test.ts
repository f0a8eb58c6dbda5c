// Longer than a file should be: each rule of periodic jobs by itself, on one database and one job.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { testObservability } from '../testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { Wakeup } from '../wakeup.ts'
import { PeriodicJob, type MissedTicks, type PeriodicContext } from './periodic-job.ts'
import { PeriodicRunner } from './periodic-runner.ts'
import { Ticks } from './ticks.ts'

const leaseMs = 300
const quickly = { timeout: 30_000, interval: 5 }

class Sweep extends PeriodicJob {
  readonly name = 'sweep'
  readonly everyMs: number
  override readonly timeoutMs: number
  readonly #work: (context: PeriodicContext) => Promise<void> | void

  constructor(everyMs: number, work: (context: PeriodicContext) => Promise<void> | void, timeoutMs = 10_000) {
    super()
    this.everyMs = everyMs
    this.timeoutMs = timeoutMs
    this.#work = work
  }

  async run(context: PeriodicContext) {
    await this.#work(context)
  }
}

let database: ScratchDatabase
const runners: PeriodicRunner[] = []
beforeAll(async () => {
  database = await scratchDatabase()
})
beforeEach(() => database.pool.query('TRUNCATE messaging.periodic_job'))
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop(0)))
})
afterAll(() => database.drop())

/** The job ran last so many milliseconds ago. */
const lastRan = (job: PeriodicJob, ms: number) =>
  database.pool.query(
    `INSERT INTO messaging.periodic_job (name, tick, run, started_at)
     SELECT $1, to_timestamp(floor((extract(epoch FROM now()) * 1000 - $3) / $2) * $2 / 1000), gen_random_uuid(), now()`,
    [job.name, job.everyMs, ms],
  )

function start(job: PeriodicJob, ticks = new Ticks(database.pool, leaseMs)) {
  const observability = testObservability()
  const captureException = vi.fn()
  const runner = new PeriodicRunner({ jobs: [job], ticks, observability: { ...observability, captureException } })
  runner.start()
  runners.push(runner)
  return { ...observability, captureException, runner }
}
const state = async () =>
  (await database.pool.query('SELECT tick, error, finished_at FROM messaging.periodic_job')).rows[0]

test('replicas share the ticks: each is run once', async () => {
  const ticks: number[] = []
  const note = async () => void ticks.push((await state()).tick.getTime())
  // a lease that outlasts any pause of this process: nobody takes over while a run looks which tick it is
  for (let replica = 0; replica < 3; replica++) start(new Sweep(100, note), new Ticks(database.pool, 30_000))

  await vi.waitFor(() => expect(ticks.length).toBeGreaterThan(8), quickly)
  await Promise.all(runners.splice(0).map((runner) => runner.stop(1_000)))
  expect(new Set(ticks).size).toBe(ticks.length)
  expect(ticks.every((tick) => tick % 100 === 0)).toBe(true)
})

test('a run that takes longer than a tick is alone, over all replicas', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const slow = async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 2 * leaseMs))
    running--
    runs++
  }
  for (let replica = 0; replica < 3; replica++) start(new Sweep(50, slow))
  await vi.waitFor(() => expect(runs).toBe(2), quickly)
  expect(most).toBe(1)
})

test('an error is reported, and the next tick comes', async () => {
  let runs = 0
  const { captureException, lines } = start(
    new Sweep(50, () => {
      if (++runs === 1) throw new Error('first')
    }),
  )
  await vi.waitFor(() => expect(runs).toBe(3), quickly)
  expect(captureException.mock.calls).toEqual([[new Error('first'), { job: 'sweep' }]])
  expect(lines.filter((line) => line['log.level'] === 'warn')).toHaveLength(1)
})

test('a run that hangs ends at its timeout, and the next tick comes', async () => {
  let runs = 0
  start(new Sweep(50, () => (++runs === 1 ? new Promise<void>(() => {}) : undefined), 100))
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), quickly)
})

test('the tick of a replica that died is not run again; the next one is, once its claim is over', async () => {
  const ticks = new Ticks(database.pool, leaseMs)
  const claim = await ticks.claim(new Sweep(20, () => {}), '0196a3b0-0000-7000-8000-00000000000e')
  expect(claim).toMatchObject({ tick: expect.any(Date) })
  const died = performance.now()
  let ran = 0
  start(new Sweep(20, () => void (ran ||= performance.now())))
  await vi.waitFor(() => expect(ran).toBeGreaterThan(0), quickly)
  expect(ran - died).toBeGreaterThan(leaseMs - 50)
})

test('a replica whose claim was taken over is told to stop', async () => {
  const reasons: unknown[] = []
  start(
    new Sweep(3_600_000, ({ signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason))
      return new Promise(() => {})
    }),
  )
  await vi.waitFor(async () => expect(await state()).toBeDefined(), quickly)
  await database.pool.query('UPDATE messaging.periodic_job SET run = gen_random_uuid()')
  await vi.waitFor(() => expect(reasons).toEqual([new Error('Another replica has taken over')]), quickly)
})

test('a stop lets a run finish in time', async () => {
  const finish = Promise.withResolvers<void>()
  let started = false
  const { runner } = start(
    new Sweep(3_600_000, () => {
      started = true
      return finish.promise
    }),
  )
  await vi.waitFor(() => expect(started).toBe(true), quickly)
  const stopped = runner.stop(5_000)
  finish.resolve()
  await stopped
  expect(await state()).toMatchObject({ error: null, finished_at: expect.any(Date) })
})

test('it keeps ticking after the database was away', async () => {
  let away = true
  const sql = {
    query: (text: string, values?: readonly unknown[]) =>
      away ? Promise.reject(new Error('away')) : database.pool.query(text, values as unknown[]),
  }
  let runs = 0
  const { lines } = start(new Sweep(50, () => void runs++), new Ticks(sql as never, leaseMs))
  await vi.waitFor(
    () => expect(lines.filter((line) => line['log.level'] === 'warn').length).toBeGreaterThan(1),
    quickly,
  )
  away = false
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), quickly)
})

const minute = 60_000
const hour = 60 * minute
class Report extends Sweep {
  override readonly missed: MissedTicks
  constructor(missed: MissedTicks, everyMs: number, work: (context: PeriodicContext) => Promise<void> | void) {
    super(everyMs, work)
    this.missed = missed
  }
}

test('of the ticks that nobody was there for, the newest runs', async () => {
  const ticks: Date[] = []
  const job = new Report('latest', hour, ({ tick }) => void ticks.push(tick))
  await lastRan(job, 5 * hour)
  start(job)
  await vi.waitFor(async () => expect((await state()).finished_at).toBeInstanceOf(Date), quickly)
  expect(ticks).toEqual([(await state()).tick])
})

test('or all of them, each once over all replicas, oldest first', async () => {
  const ticks: number[] = []
  const job = () => new Report('all', hour, ({ tick }) => void ticks.push(tick.getTime()))
  await lastRan(job(), 5 * hour)
  const first = (await state()).tick.getTime()
  for (let replica = 0; replica < 3; replica++) start(job())
  await vi.waitFor(() => expect(ticks).toHaveLength(5), quickly)
  expect(ticks).toEqual([1, 2, 3, 4, 5].map((missed) => first + missed * hour))
})

test('or none: only a tick that is young runs', async () => {
  const ticks = new Ticks(database.pool, leaseMs)
  const run = '0196a3b0-0000-7000-8000-00000000000e'
  const { rows } = await database.pool.query('SELECT extract(epoch FROM now())::float8 * 1000 AS ms')
  // a period of which just now more than the half, or more than a minute, is over; and one that has just begun
  const old = rows[0].ms / 1.7
  const young = rows[0].ms - 1_000
  const skip = { name: 'sweep', missed: 'skip', overlap: 'wait', jitterMs: 0 } as const
  expect(await ticks.claim({ ...skip, everyMs: old }, run)).toMatchObject({ tick: null })
  expect(await ticks.claim({ ...skip, everyMs: young }, run)).toMatchObject({ tick: expect.any(Date) })
})

test('runs start at random within the jitter after their tick', async () => {
  const late: number[] = []
  class Scattered extends Sweep {
    override readonly jitterMs = 200
  }
  const job = new Scattered(400, async ({ tick }) => {
    const { rows } = await database.pool.query('SELECT extract(epoch FROM clock_timestamp() - $1) * 1000 AS ms', [tick])
    late.push(Number(rows[0].ms))
  })
  const sleeps = vi.spyOn(Wakeup.prototype, 'sleep')
  const observability = testObservability()
  const runner = new PeriodicRunner({
    jobs: [job],
    ticks: new Ticks(database.pool, leaseMs),
    observability,
    random: () => 0.75,
  })
  runner.start()
  runners.push(runner)
  const scattered = () => late.filter((ms) => ms >= 0.75 * 200)
  // one that comes when the next tick waits already is not put off any more
  await vi.waitFor(() => expect(scattered().length).toBeGreaterThan(3), quickly)
  expect(sleeps.mock.calls[0]).toEqual([0.75 * 200])
  for (const [ms] of sleeps.mock.calls) expect(ms).toBeGreaterThanOrEqual(0.75 * 200)
  expect(
    () => new PeriodicRunner({ jobs: [new Scattered(200, () => {})], ticks: undefined as never, observability }),
  ).toThrow('The jitter of periodic job sweep must be less than its period')
})

test('a run may go on beside the one before, where the job allows it; a stop waits for all', async () => {
  const finish = Promise.withResolvers<void>()
  let running = 0
  class Overlapping extends Sweep {
    override readonly overlap = 'allow'
  }
  const { runner } = start(
    new Overlapping(100, async () => {
      running++
      await finish.promise
      running--
    }),
  )
  await vi.waitFor(() => expect(running).toBeGreaterThan(2), quickly)
  const stopped = runner.stop(5_000)
  finish.resolve()
  await stopped
  expect(running).toBe(0)
})
