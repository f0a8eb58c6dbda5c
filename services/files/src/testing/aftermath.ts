import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { DeleteObjects } from '../lifecycle/delete-objects.job.ts'
import { RecountUsages } from '../lifecycle/recount-usages.job.ts'
import { SweepOrphans } from '../lifecycle/sweep-orphans.job.ts'
import { run } from './uploading.ts'

interface World {
  deps: Pick<Deps, 'objects' | 'transaction' | 'clock' | 'settings' | 'rounds' | 'claims' | 'database' | 'metrics'>
  clock: { advance(ms: number): void }
}

const day = 24 * 3_600_000

/** Everything in the store. */
export async function stored({ objects }: Pick<Deps, 'objects'>) {
  const pages = await Promise.all(['objects/', 'quarantine/'].map((prefix) => objects.list({ prefix, limit: 100 })))
  return pages.flat().map(({ key }) => key)
}

/**
 * What must be true a day after any crash, when the jobs have run: the store holds just the objects of files that are
 * ready, the sweep finds nothing to repair, and the quota is what the files say. The clock has to be ahead of the real one,
 * as objects are as old as that says.
 */
export async function expectNothingLeft({ deps, clock }: World) {
  clock.advance(day + 3_600_000)
  await run(new DeleteObjects(deps))
  await run(new DeleteObjects(deps))
  const { rows } = await deps.database.sql.query<{ key: string }>(
    `SELECT object_key AS key FROM files WHERE status = 'ready' ORDER BY object_key`,
  )
  expect((await stored(deps)).toSorted()).toEqual(rows.map(({ key }) => key))
  expect((await deps.database.sql.query('SELECT FROM doomed_objects')).rowCount).toBe(0)
  expect(await run(new SweepOrphans(deps))).toMatchObject([[{ report: { orphans: 0, lost: 0 } }, expect.anything()]])
  expect(await run(new RecountUsages(deps))).toMatchObject([[{ report: { corrected: 0 } }, expect.anything()]])
}
