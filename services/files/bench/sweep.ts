import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SweepOrphans } from '../src/lifecycle/sweep-orphans.job.ts'
import { collect } from '../src/testing/collect.ts'
import { run } from '../src/testing/uploading.ts'
import { objectKey } from '../src/store/keys.ts'
import { mib, openWorld, seconds } from './world.ts'

/**
 * `node services/files/bench/sweep.ts [rows]`: a sweep over so many files (a million unless told) and as many objects, empty
 * ones, in the disk store.
 */
const count = Number(process.argv[2] ?? 1_000_000)
const world = await openWorld()
const { sql } = world.deps.database

const made = performance.now()
for (let shard = 0; shard < 256; shard++)
  mkdirSync(join(world.dir, 'objects', shard.toString(16).padStart(2, '0')), { recursive: true })
for (let number = 1; number <= count; number++) {
  const id = `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
  writeFileSync(join(world.dir, objectKey(id, id)), '')
}
await sql.query(
  `INSERT INTO files (id, purpose, owner_service, subject, owner, filename, content_type, size, status, version, reserved_until,
     quarantine_key, object_key, created_at, updated_at)
   SELECT id::uuid, 'document', 'files', 's', 'user:u', 'a.pdf', 'application/pdf', 0, 'ready', 4, now(), 'q' || id,
     'objects/' || right(id, 2) || '/' || id || '.' || id, now(), now()
   FROM generate_series(1, $1) AS number,
     LATERAL (SELECT '00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0') AS id) AS made`,
  [count],
)
await sql.query('ANALYZE files')
console.log(`${count} files were made in ${seconds(made).toFixed(0)} s`)

/** What is still held after a collection. */
function held(): number {
  collect()
  return process.memoryUsage().heapUsed
}

const job = new SweepOrphans(world.deps)
const before = held()
let most = before
const sample = setInterval(() => (most = Math.max(most, held())), 1_000)
const since = performance.now()
let runs = 0
let report: { files: number; objects: number; orphans: number; lost: number } | undefined
do {
  await run(job)
  runs++
  const { rows } = await sql.query<{ report: NonNullable<typeof report> }>(
    'SELECT report FROM rounds WHERE finished_at IS NOT NULL',
  )
  report = rows[0]?.report
} while (!report)
clearInterval(sample)
const { files, objects, orphans, lost } = report
console.log(
  `${files} files and ${objects} objects compared in ${seconds(since).toFixed(1)} s and ${runs} runs; ` +
    `${orphans} orphans, ${lost} lost; heap ${mib(before)} MiB before, ${mib(most)} MiB at most after a collection`,
)
await world.close()
