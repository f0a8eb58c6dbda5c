import { Gauge, type Registry } from '@slipway/observability'
import { atMost } from '../backoff.ts'
import type { Transport } from '../transport/transport.ts'

interface DeadGaugeParts {
  service: string
  jobs: readonly { readonly name: string }[]
  transport: Pick<Transport, 'countDead'>
  /** A scrape waits no longer for the broker. */
  patienceMs?: number
}

/** Asked at each scrape; while the broker does not answer, the last values stay. */
export function showDeadLetters(
  registry: Registry,
  { service, jobs, transport, patienceMs = 1_000 }: DeadGaugeParts,
): void {
  new Gauge({
    name: 'job_dead_letters',
    help: 'Dead letters that wait for somebody; each replica tells the same',
    labelNames: ['job'],
    registers: [registry],
    async collect() {
      const asked = jobs.map(async ({ name }) => {
        const count = await transport.countDead(`${service}.${name}`).catch(() => undefined)
        if (count !== undefined) this.set({ job: name }, count)
      })
      await atMost(patienceMs, Promise.all(asked))
    },
  })
}
