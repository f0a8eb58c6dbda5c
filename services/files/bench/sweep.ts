import { SweepOrphans } from '../src/lifecycle/sweep-orphans.job.ts'
import type { ListedObject } from '../src/store/object-store.ts'
import { run } from '../src/testing/uploading.ts'
import { mib, openWorld, seconds } from './world.ts'

/** `node services/files/bench/sweep.ts [rows]`: a sweep over so many files and as many objects (a million unless told). */
const count = Number(process.argv[2] ?? 1_000_000)
const world = await openWorld()
const { sql } = world.deps.database

const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const keyOf = (number: number) => `objects/00/${idOf(number)}.${idOf(number)}`
await sql.query(
  `INSERT INTO files (id, purpose, owner_service, subject, owner, filename, content_type, size, status, version, reserved_until,
     quarantine_key, object_key, created_at, updated_at)
   SELECT id::uuid, 'document', 'files', 's', 'user:u', 'a.pdf', 'application/pdf', 1, 'ready', 4, now(), 'q' || id,
     'objects/00/' || id || '.' || id, now(), now()
   FROM generate_series(1, $1) AS number, LATERAL (SELECT '00000000-0000-7000-8000-' || lpad(number::text, 12, '0') AS id) AS made`,
  [count],
)
await sql.query('ANALYZE files')

/** A store that has just these objects. */
const objects = {
  ...world.deps.objects,
  async list({ prefix, after, limit }: { prefix: string; after?: string; limit: number }): Promise<ListedObject[]> {
    if (prefix !== 'objects/') return []
    const from = after ? Number(after.slice(-12)) + 1 : 1
    const length = Math.max(0, Math.min(limit, count - from + 1))
    return Array.from({ length }, (_, index) => ({ key: keyOf(from + index), size: 1, changedAt: new Date(0) }))
  },
}
const job = new SweepOrphans({ ...world.deps, objects })
const since = performance.now()
const before = process.memoryUsage.rss()
let peak = before
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100)
let runs = 0
let report: { files: number } | undefined
do {
  await run(job)
  runs++
  const { rows } = await sql.query<{ report: { files: number } }>(
    'SELECT report FROM rounds WHERE finished_at IS NOT NULL',
  )
  report = rows[0]?.report
} while (!report)
clearInterval(timer)
console.log(
  `${report.files} files compared in ${seconds(since).toFixed(1)} s and ${runs} runs; memory ${mib(before)} MiB before, ${mib(peak)} MiB at most`,
)
await world.close()
