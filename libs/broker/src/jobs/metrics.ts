import { Counter, Histogram, type Registry } from '@slipway/observability'

export type JobMetrics = ReturnType<typeof createJobMetrics>

export function createJobMetrics(registry: Registry) {
  const registers = [registry]
  return {
    /** Its count is the number of runs. */
    duration: new Histogram({
      name: 'job_duration_seconds',
      help: 'Duration of one run of a job, by its outcome',
      labelNames: ['job', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10, 30],
      registers,
    }),
    attempts: new Histogram({
      name: 'job_attempts',
      help: 'Attempts an event took until it was done or dead',
      labelNames: ['job'],
      buckets: [1, 2, 3, 5, 8, 13],
      registers,
    }),
    dead: new Counter({
      name: 'job_dead_letters_total',
      help: 'Events that went to the dead letters',
      labelNames: ['job'],
      registers,
    }),
  }
}
