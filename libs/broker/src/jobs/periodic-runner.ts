import type { Observability } from '@slipway/observability'
import { uuidv7 } from 'uuidv7'
import { backoffMs } from '../backoff.ts'
import { InHand } from '../transport/in-hand.ts'
import { Wakeup } from '../wakeup.ts'
import { JobTimeout, Stopping, toError } from './errors.ts'
import type { PeriodicJob } from './periodic-job.ts'
import type { Ticks } from './ticks.ts'
import { untilAborted } from './until-aborted.ts'

export interface PeriodicRunnerOptions {
  jobs: readonly PeriodicJob[]
  ticks: Ticks
  observability: Pick<Observability, 'logger' | 'span' | 'captureException'>
  newRun?: () => string
  random?: () => number
}

/** Runs periodic jobs, each in a loop of its own. */
export class PeriodicRunner {
  readonly #options: PeriodicRunnerOptions
  readonly #wakeups: Wakeup[] = []
  readonly #abort = new AbortController()
  /** Runs that go on beside others. */
  readonly #inHand = new InHand()
  #draining = false
  #loops: Promise<void>[] = []

  /** @throws when a job's jitter is as long as its period */
  constructor(options: PeriodicRunnerOptions) {
    for (const { name, jitterMs, everyMs } of options.jobs)
      if (jitterMs >= everyMs) throw new Error(`The jitter of periodic job ${name} must be less than its period`)
    this.#options = options
  }

  start(): void {
    this.#loops = this.#options.jobs.map((job) => this.#loop(job))
  }

  /** Lets what runs finish; after `graceMs` it is aborted. */
  async stop(graceMs: number): Promise<void> {
    this.#draining = true
    for (const wakeup of this.#wakeups) wakeup.wake()
    const timer = setTimeout(() => this.#abort.abort(new Stopping('The process stops')), graceMs)
    await Promise.all(this.#loops)
    await this.#inHand.idle()
    clearTimeout(timer)
  }

  async #loop(job: PeriodicJob): Promise<void> {
    const { ticks, observability, newRun = uuidv7, random = Math.random } = this.#options
    const wakeup = new Wakeup()
    this.#wakeups.push(wakeup)
    let failures = 0
    const jitter = () => job.jitterMs * random()
    if (job.jitterMs > 0) await wakeup.sleep(jitter())
    while (!this.#draining) {
      const run = newRun()
      try {
        const { tick, nextInMs } = await ticks.claim(job, run)
        failures = 0
        const claimedAt = performance.now()
        if (tick && job.overlap === 'wait') await this.#run(job, run, tick)
        else if (tick) this.#inHand.add(this.#run(job, run, tick).catch((error: unknown) => this.#untold(job, error)))
        if (tick && job.missed === 'all') continue
        const leftMs = nextInMs - (performance.now() - claimedAt)
        if (leftMs > 0) await wakeup.sleep(leftMs + jitter()) // else the next tick waits already
      } catch (error) {
        observability.logger.warn({ err: error }, `periodic job ${job.name} could not claim its tick; it tries again`)
        await wakeup.sleep(backoffMs(++failures))
      }
    }
  }

  #untold(job: PeriodicJob, err: unknown): void {
    this.#options.observability.logger.warn({ err }, `periodic job ${job.name} could not note its end`)
  }

  async #run(job: PeriodicJob, run: string, tick: Date): Promise<void> {
    const { ticks, observability } = this.#options
    const { logger } = observability
    const over = new AbortController()
    const timer = setTimeout(() => over.abort(new JobTimeout(job.timeoutMs)), job.timeoutMs)
    const stopRenewing = job.overlap === 'wait' ? this.#keepClaim(job, run, over) : () => {}
    const signal = AbortSignal.any([over.signal, this.#abort.signal])
    const started = performance.now()
    let failure: Error | undefined
    try {
      await observability.span(`run ${job.name}`, {}, () =>
        untilAborted(signal, () => job.run({ tick, signal, logger })),
      )
      logger.info({ durationMs: Math.round(performance.now() - started) }, `periodic job ${job.name} done`)
    } catch (thrown) {
      failure = toError(thrown)
      logger.warn({ err: failure }, `periodic job ${job.name} failed; the next tick tries again`)
      if (!(failure instanceof Stopping)) observability.captureException(failure, { job: job.name })
    } finally {
      stopRenewing()
      clearTimeout(timer)
    }
    await ticks.finish(job.name, run, failure?.message)
  }

  /** Renews three times within the lease. A claim that could not be renewed may be another replica's by now. */
  #keepClaim(job: PeriodicJob, run: string, over: AbortController): () => void {
    const { ticks, observability } = this.#options
    let renewedAt = performance.now()
    const timer = setInterval(async () => {
      try {
        if (await ticks.renew(job.name, run)) renewedAt = performance.now()
        else over.abort(new Error('Another replica has taken over'))
      } catch (error) {
        observability.logger.warn({ err: error }, `periodic job ${job.name} could not renew its claim`)
        if (performance.now() - renewedAt > ticks.leaseMs) over.abort(error)
      }
    }, ticks.leaseMs / 3)
    return () => clearInterval(timer)
  }
}
