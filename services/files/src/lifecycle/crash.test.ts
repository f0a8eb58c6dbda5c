import { FileDeleted, FileExpired, FileReady } from '@slipway/contracts/files'
import type { ServiceFixtures } from '@slipway/testing'
import { beforeEach, expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { objectKey } from '../store/keys.ts'
import { expectNothingLeft } from '../testing/aftermath.ts'
import { atEveryStep, dying, killAt } from '../testing/dying.ts'
import { test } from '../testing/test.ts'
import { person, run, uploadChecked } from '../testing/uploading.ts'
import { ExpireFiles } from './expire-files.job.ts'
import { RecountUsages } from './recount-usages.job.ts'
import { SweepOrphans, type OrphanReport } from './sweep-orphans.job.ts'

type World = Pick<ServiceFixtures<Deps>, 'api' | 'deps' | 'events' | 'clock'>

const day = 24 * 3_600_000

beforeEach<World>(({ clock }) => clock.set(new Date(Date.now() + 366 * day)))

async function told({ events }: World, fileId: string) {
  return (await events.emitted()).filter(({ subject }) => subject === fileId).map(({ type }) => type)
}

test('killed at any step while files expire and are forgotten: one event, nothing left behind', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await atEveryStep(4, async (at, when) => {
    const old = await uploadChecked(world)
    clock.advance(366 * day)
    await run(new ExpireFiles(deps))
    const { fileId } = await uploadChecked(world)
    clock.advance(366 * day) // the one is to be forgotten, the other expires
    const process = dying(deps, at, when)
    await run(new ExpireFiles(process.deps)).catch(() => [])
    await run(new ExpireFiles(deps))
    expect(await told(world, fileId)).toEqual([FileReady.type, FileExpired.type])
    expect(await told(world, old.fileId)).toEqual([FileReady.type, FileExpired.type])
    expect(await deps.files.find(old.fileId)).toBeUndefined()
    await expectNothingLeft(world)
    return process
  })
})

test('killed before or after a deletion that somebody asked for: asked again, it is gone, and told of once', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await atEveryStep(1, async (at, when) => {
    const { fileId } = await uploadChecked(world)
    const file = `/files/v1/files/${fileId}`
    const process = killAt(deps, at, when)
    const { status } = await api.as(person).delete(file)
    process.revive()
    expect(status).toBe(process.killed() ? 500 : 204)
    expect((await api.as(person).delete(file)).status).toBe(when === 'before' && process.killed() ? 204 : 404)
    expect(await told(world, fileId)).toEqual([FileReady.type, FileDeleted.type])
    await expectNothingLeft(world)
    return process
  })
})

test('killed at any step of a sweep: the next goes on, each orphan and loss is met once', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await atEveryStep(6, async (at, when) => {
    const kept = await uploadChecked(world)
    const lost = await uploadChecked(world)
    await copy(deps, kept.fileId)
    await deps.objects.delete((await deps.files.find(lost.fileId))!.objectKey!)
    clock.advance(2 * day)
    const process = dying(deps, at, when)
    await run(new SweepOrphans(process.deps, 2)).catch(() => [])
    await run(new SweepOrphans(deps, 2))
    const { rows } = await deps.database.sql.query<{ report: OrphanReport }>(
      `SELECT report FROM rounds WHERE name = 'sweep-orphans'`,
    )
    expect({ at, when, report: rows[0]?.report }).toMatchObject({ at, when, report: { orphans: 1, lost: 1 } })
    expect(await told(world, lost.fileId)).toEqual([FileReady.type, FileDeleted.type])
    expect((await api.as(person).delete(`/files/v1/files/${kept.fileId}`)).status).toBe(204)
    await expectNothingLeft(world)
    return process
  })
})

test('killed at any step of a recount: the next goes on, and all is right in the end', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await uploadChecked(world)
  await atEveryStep(6, async (at, when) => {
    await deps.database.sql.query('UPDATE usages SET files = 17, bytes = 5')
    clock.advance(2 * day)
    const process = dying(deps, at, when)
    await run(new RecountUsages(process.deps, 1)).catch(() => [])
    await run(new RecountUsages(deps, 1))
    await expectNothingLeft(world)
    return process
  })
})

/** The same bytes, where no file claims them. */
async function copy({ objects, files, newId }: Deps, fileId: string) {
  const { objectKey: from, sha256 = '', contentType } = (await files.find(fileId))!
  const { etag } = (await objects.head(from!))!
  await objects.copy(from!, objectKey(newId(), newId()), { etag, sha256, contentType })
}
