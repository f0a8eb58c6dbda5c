import type { FileStatus, Purpose } from '@slipway/contracts/files'
import { Counter, Gauge, type Registry } from '@slipway/observability'

/** What waits now, as the database has it. */
export interface Waiting {
  readonly open: Readonly<Record<string, number>>
  /** Of the oldest file that was uploaded and is not settled, since it was asked for; 0 when there is none. */
  readonly uncheckedAgeSeconds: number
}

interface Came {
  readonly purpose: Purpose
  readonly size: number
}

/** Counts of one transaction, which count once it is committed. */
export interface Tally {
  /** A file came to a status; `reason` is one of those that its event can have. */
  became(file: Came, status: FileStatus | 'deleted', reason?: string): void
  orphans(kind: 'object' | 'file', count: number): void
  usageCorrected(): void
  committed(): void
}

/** Their names are documented in the README: dashboards and alerts use them. `waiting` is asked at each scrape. */
export function createFileMetrics(registry: Registry, waiting: () => Promise<Waiting>) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name, help, labelNames: [...labelNames], registers })

  const refusals = counter('file_uploads_refused_total', 'Uploads that were not reserved', ['purpose', 'code'])
  const files = counter('files_total', 'Files that came to a status', ['purpose', 'status', 'reason'])
  const bytes = counter('files_ready_bytes_total', 'Bytes of files that became ready', ['purpose'])
  const orphans = counter('file_orphans_total', 'What only the store or only the table had', ['kind'])
  const deletions = counter('file_object_deletions_total', 'Attempts to delete an object', ['outcome'])
  const corrected = counter('file_usages_corrected_total', 'Usages that a recount had to correct', [])
  gauges(registers, waiting)

  return {
    refused: (purpose: Purpose, code: string) => refusals.inc({ purpose, code }),
    deletion: (outcome: 'deleted' | 'failed') => deletions.inc({ outcome }),
    tally(): Tally {
      const counted: (() => void)[] = []
      return {
        became({ purpose, size }, status, reason = '') {
          counted.push(() => files.inc({ purpose, status, reason }))
          if (status === 'ready') counted.push(() => bytes.inc({ purpose }, size))
        },
        orphans: (kind, count) => void counted.push(() => orphans.inc({ kind }, count)),
        usageCorrected: () => void counted.push(() => corrected.inc()),
        committed: () => counted.forEach((count) => count()),
      }
    },
  }
}

/** One question for all of them; while the database does not answer they keep their last values. */
function gauges(registers: Registry[], waiting: () => Promise<Waiting>) {
  let asking: Promise<Waiting | undefined> | undefined
  const ask = () =>
    (asking ??= waiting()
      .catch(() => undefined)
      .finally(() => (asking = undefined)))

  new Gauge({
    name: 'files_open',
    help: 'Files that are not settled yet',
    labelNames: ['status'],
    registers,
    async collect() {
      const now = await ask()
      if (now) for (const [status, count] of Object.entries(now.open)) this.set({ status }, count)
    },
  })
  new Gauge({
    name: 'files_unchecked_oldest_age_seconds',
    help: 'Age of the oldest upload that is not settled; 0: none',
    registers,
    async collect() {
      const now = await ask()
      if (now) this.set(now.uncheckedAgeSeconds)
    },
  })
}
