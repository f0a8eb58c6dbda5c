import { FileReady, FileRejected } from '@slipway/contracts/files'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { DeleteObjects } from '../lifecycle/delete-objects.job.ts'
import { RecountUsages } from '../lifecycle/recount-usages.job.ts'
import { stored } from '../testing/aftermath.ts'
import { dying } from '../testing/dying.ts'
import { pdf, png } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { check, run, see, shopkeeper, upload, usages } from '../testing/uploading.ts'
import { CheckUploads } from './check-uploads.job.ts'

const picture = { filename: 'a.png', purpose: 'product-image' } as const
const hour = 3_600_000

const cases = [
  ['a document is copied', async () => pdf(), { filename: 'a.pdf' }, FileReady],
  ['a picture is written anew', () => png(), picture, FileReady],
  ['a program is rejected', async () => Buffer.from('MZ program'), { filename: 'a.pdf' }, FileRejected],
] as const

for (const [what, make, facts, outcome] of cases) {
  test(`killed at any step while ${what}: one outcome, one event, nothing left behind`, async ({
    api,
    deps,
    events,
    clock,
  }) => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at++) {
        const told = (await events.emitted()).length
        const { fileId } = await upload({ api }, await make(), facts, shopkeeper)
        const process = dying(deps, at, when)
        await run(new CheckUploads(process.deps, 1, { clamdUrl: undefined })).catch(() => [])

        // another process goes on once the lease is over
        clock.advance(hour)
        await check({ deps })
        const { json } = await see(api, fileId, shopkeeper)
        expect({ at, when, status: json.status }).toEqual({
          at,
          when,
          status: outcome === FileReady ? 'ready' : 'rejected',
        })
        expect((await events.emitted()).slice(told).map(({ type }) => type)).toEqual([outcome.type])

        clock.advance(hour)
        await run(new DeleteObjects(deps))
        await run(new DeleteObjects(deps))
        const key = (await deps.files.find(fileId))?.objectKey
        expect({ at, when, stored: await stored(deps) }).toEqual({ at, when, stored: key ? [key] : [] })
        expect((await deps.database.sql.query('SELECT FROM doomed_objects')).rowCount).toBe(0)

        clock.advance(25 * hour)
        expect(JSON.stringify(await run(new RecountUsages(deps)))).toContain('"corrected":0')
        if (key) {
          await api.as(shopkeeper).delete(`/files/v1/files/${fileId}`)
          await run(new DeleteObjects(deps))
          await events.emitted()
        }
        if (!process.killed()) {
          expect(at).toBeGreaterThan(4) // the steps of a whole check were all died at
          break
        }
      }
    }
  })
}

test('killed at any step while objects are deleted: they are gone in the end', async ({ api, deps, clock }) => {
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; at <= 4; at++) {
      const { fileId } = await upload({ api })
      await check({ deps })
      const file = (await deps.files.find(fileId))!
      await deps.transaction((tx) => tx.doomed.add(file.objectKey!))
      clock.advance(hour)
      await run(new DeleteObjects(dying(deps, at, when).deps)).catch(() => [])
      clock.advance(hour)
      await run(new DeleteObjects(deps))
      expect({ at, when, stored: await stored(deps) }).toEqual({ at, when, stored: [] })
    }
  }
  expect((await usages(deps)).length).toBe(2)
})

test('a check that was given up, and comes back late, changes nothing', async ({ api, deps, clock, events }) => {
  const { fileId } = await upload({ api })
  const late = Promise.withResolvers<void>()
  const slow = {
    ...deps,
    objects: {
      ...deps.objects,
      copy: (...args: Parameters<Deps['objects']['copy']>) => late.promise.then(() => deps.objects.copy(...args)),
    },
  }
  const first = run(new CheckUploads(slow, 1, { clamdUrl: undefined }))
  await expect.poll(async () => (await deps.files.find(fileId))?.status).toBe('checking')
  clock.advance(hour)
  await check({ deps })
  const kept = (await deps.files.find(fileId))!
  expect(kept).toMatchObject({ status: 'ready', checks: 2 })
  late.resolve()
  await first
  expect(await deps.files.find(fileId)).toEqual(kept)
  expect(await events.emitted(FileReady)).toHaveLength(1)
  clock.advance(hour)
  await run(new DeleteObjects(deps))
  expect(await stored(deps)).toEqual([kept.objectKey])
})
