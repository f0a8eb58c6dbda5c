import type { Observability } from '@slipway/observability'
import { readEnvelope } from '../envelope.ts'
import { readableTypes, type ReadableType } from '../readable-types.ts'
import type { Consumer, Delivery, Outcome, Transport } from '../transport/transport.ts'
import { Stopping, toError } from './errors.ts'
import type { Job } from './job.ts'
import type { JobMetrics } from './metrics.ts'
import type { Work } from './middleware.ts'
import { Slots } from './slots.ts'

export interface ExecutorOptions<Tx> {
  service: string
  jobs: readonly Job<Tx>[]
  transport: Pick<Transport, 'subscribe'>
  /** The middleware with the job inside; what the job throws is an outcome here. */
  run: (work: Work<Tx>) => Promise<Outcome>
  metrics: JobMetrics
  observability: Pick<Observability, 'logger'>
  prefetch: number
  /** Runs at once, of each job. */
  concurrency: number
  /** Runs at once, of all jobs. */
  total: number
}

/** Hosts the jobs of a service. Each has its queue and slots of its own, so that none waits for another. */
export class Executor<Tx> {
  readonly #options: ExecutorOptions<Tx>
  readonly #stopping = new AbortController()
  #draining = false
  #consumers: Consumer[] = []

  constructor(options: ExecutorOptions<Tx>) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { service, jobs, transport, prefetch, concurrency, total } = this.#options
    const slots = new Slots(concurrency, total)
    this.#consumers = await Promise.all(
      jobs.map((job) => {
        const types = readableTypes(job.on)
        const limit = slots.lane()
        return transport.subscribe({
          queue: `${service}.${job.name}`,
          types: [...types.keys()],
          prefetch: Math.max(prefetch, concurrency),
          handle: (delivery) => limit(() => this.#handle(job, types, delivery)),
        })
      }),
    )
  }

  /** Takes nothing more and lets what runs finish; after `graceMs` it is aborted and given back, like what waits. */
  async stop(graceMs: number): Promise<void> {
    this.#draining = true
    const timer = setTimeout(() => this.#stopping.abort(new Stopping('The process stops')), graceMs)
    await Promise.all(this.#consumers.map((consumer) => consumer.cancel()))
    await Promise.all(this.#consumers.map((consumer) => consumer.idle()))
    clearTimeout(timer)
  }

  async #handle(job: Job<Tx>, types: ReadonlyMap<string, ReadableType>, { body, attempt }: Delivery): Promise<Outcome> {
    if (this.#draining) return { kind: 'released' }
    try {
      const event = readEnvelope(body, types)
      return await this.#options.run({ job, event, attempt, signal: this.#stopping.signal })
    } catch (thrown) {
      const error = toError(thrown)
      const { observability, metrics } = this.#options
      observability.logger.error({ err: error }, `job ${job.name} cannot take an event: it is in the dead letters`)
      metrics.dead.inc({ job: job.name })
      return { kind: 'dead', error }
    }
  }
}
