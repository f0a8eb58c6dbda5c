import { FileDeleted, FileExpired } from '@slipway/contracts/files'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { objectKey, quarantineKey } from '../store/keys.ts'
import { pdf } from '../testing/samples.ts'
import { test, testWith } from '../testing/test.ts'
import {
  person,
  reserve,
  run,
  see,
  send,
  stranger,
  upload,
  uploadChecked,
  usages,
  wanted,
} from '../testing/uploading.ts'
import { NoticeUploads } from '../upload/notice-uploads.job.ts'
import { DeleteObjects } from './delete-objects.job.ts'
import { ExpireFiles } from './expire-files.job.ts'
import { RecountUsages } from './recount-usages.job.ts'
import { SweepOrphans, type OrphanReport } from './sweep-orphans.job.ts'

const minute = 60_000
const day = 24 * 60 * minute
const nothing = [
  { kind: 'owner', files: 0, bytes: 0 },
  { kind: 'subject', files: 0, bytes: 0 },
]

test('an upload that nobody completed is noticed', async ({ api, deps, clock }) => {
  const { json } = await reserve(api, wanted(pdf()))
  await send(api, json.upload, pdf())
  await run(new NoticeUploads(deps))
  expect((await see(api, json.fileId)).json.status).toBe('reserved') // its person has a minute to say so
  clock.advance(minute)
  await run(new NoticeUploads(deps))
  expect((await see(api, json.fileId)).json.status).toBe('uploaded')
})

test('a reservation that nobody used expires, after the grace of an upload under way', async ({
  api,
  deps,
  clock,
  events,
}) => {
  const { json } = await reserve(api, wanted(pdf()))
  clock.advance(20 * minute)
  await run(new NoticeUploads(deps))
  expect((await see(api, json.fileId)).json.status).toBe('reserved')
  clock.advance(6 * minute)
  await run(new NoticeUploads(deps))
  expect((await see(api, json.fileId)).json.status).toBe('expired')
  expect(await events.emitted()).toMatchObject([
    { type: FileExpired.type, version: 2, data: { reason: 'NOT_UPLOADED' } },
  ])
  expect(await usages(deps)).toMatchObject(nothing)
  const late = await api.as(person).post(`/files/v1/uploads/${json.fileId}/complete`)
  expect(late.json.code).toBe('UPLOAD_EXPIRED')
})

test('a file whose time is over expires, its bytes go, and in the end it is forgotten', async ({
  api,
  deps,
  clock,
  events,
}) => {
  const { fileId } = await uploadChecked({ api, deps })
  const { objectKey: key } = (await deps.files.find(fileId))!
  clock.advance(364 * day)
  await run(new ExpireFiles(deps))
  expect((await see(api, fileId)).json.status).toBe('ready')
  clock.advance(2 * day)
  await run(new ExpireFiles(deps))
  await run(new DeleteObjects(deps))
  expect((await see(api, fileId)).json.status).toBe('expired')
  expect(await deps.objects.head(key!)).toBeUndefined()
  expect((await events.emitted(FileExpired))[0]?.data).toMatchObject({ reason: 'TIME_OVER' })
  expect(await usages(deps)).toMatchObject(nothing)
  clock.advance(31 * day)
  await run(new ExpireFiles(deps))
  expect((await see(api, fileId)).status).toBe(404)
})

test('a deleted file is gone, and so are its bytes and its part of the quota', async ({ api, deps, events }) => {
  const { fileId } = await uploadChecked({ api, deps })
  const { objectKey: key } = (await deps.files.find(fileId))!
  const file = `/files/v1/files/${fileId}`
  expect((await api.as(stranger).delete(file)).status).toBe(404)
  expect((await api.as(person).delete(file)).status).toBe(204)
  expect((await api.as(person).delete(file)).status).toBe(404)
  await run(new DeleteObjects(deps))
  expect(await deps.objects.head(key!)).toBeUndefined()
  expect(await events.emitted(FileDeleted)).toMatchObject([
    { subject: fileId, version: 5, data: { reason: 'DELETED' } },
  ])
  expect(await usages(deps)).toMatchObject(nothing)
})

test('a file that is deleted while it is checked leaves nothing behind', async ({ api, deps, clock }) => {
  const { fileId } = await upload({ api })
  const key = objectKey(fileId, deps.newId())
  await deps.transaction(async (tx) => {
    const file = (await tx.files.lock(fileId))!
    await tx.files.save({ ...file, status: 'checking', objectKey: key })
    await tx.doomed.add(key, { at: new Date(clock.now().getTime() + 6 * minute) })
  })
  await copyTo(deps, key, fileId)
  expect((await api.as(person).delete(`/files/v1/files/${fileId}`)).status).toBe(204)
  clock.advance(day)
  await run(new DeleteObjects(deps))
  expect(await everything(deps)).toEqual([])
})

test('a recount corrects what does not add up, a page at a time', async ({ api, deps, clock }) => {
  await uploadChecked({ api, deps })
  await uploadChecked({ api, deps }, pdf(), {}, stranger)
  const right = await usages(deps)
  await deps.database.sql.query(`UPDATE usages SET files = 17, bytes = 5 WHERE kind = 'owner' AND holder LIKE '%200'`)
  const lines = await run(new RecountUsages(deps, 2))
  expect(JSON.stringify(lines)).toContain('"corrected":1')
  expect(await usages(deps)).toEqual(right)
  expect(await run(new RecountUsages(deps, 2))).toEqual([]) // not before the next day
  clock.advance(2 * day)
  expect(JSON.stringify(await run(new RecountUsages(deps, 2)))).toContain('"counted":4,"corrected":0')
})

// objects are as old as the real clock says
const now = testWith({ ORPHAN_GRACE_HOURS: '1' })
now(
  'a sweep finds orphans in both directions and repairs; what is doomed anyway is left alone',
  async ({ api, deps, clock, events }) => {
    const kept = await uploadChecked({ api, deps })
    const lost = await uploadChecked({ api, deps })
    await upload({ api }) // waits for its check
    await run(new DeleteObjects(deps))
    clock.set(new Date(Date.now() + 2 * 60 * minute))
    const orphan = objectKey(deps.newId(), deps.newId())
    const stray = quarantineKey(deps.newId())
    const doomed = objectKey(deps.newId(), deps.newId())
    for (const key of [orphan, stray, doomed]) await copyTo(deps, key, kept.fileId)
    await deps.transaction((tx) => tx.doomed.add(doomed, { at: new Date(clock.now().getTime() + day) }))
    await deps.objects.delete((await deps.files.find(lost.fileId))!.objectKey!)

    await run(new SweepOrphans(deps, 2))
    expect(await reportOf(deps)).toEqual({
      objects: 5,
      files: 3,
      orphans: 2,
      orphanBytes: 2 * pdf().length,
      lost: 1,
      examples: expect.arrayContaining([orphan, stray]),
    })
    await run(new DeleteObjects(deps))
    expect(await deps.objects.head(orphan)).toBeUndefined()
    expect(await deps.objects.head(stray)).toBeUndefined()
    expect(await deps.objects.head(doomed)).toBeDefined()
    expect((await see(api, kept.fileId)).json.status).toBe('ready')
    expect((await see(api, lost.fileId)).status).toBe(404)
    expect(await events.emitted(FileDeleted)).toMatchObject([{ subject: lost.fileId, data: { reason: 'OBJECT_LOST' } }])
  },
)

const dry = testWith({ ORPHANS: 'report', ORPHAN_GRACE_HOURS: '1' })
dry('a dry run only tells', async ({ api, deps, clock }) => {
  const lost = await uploadChecked({ api, deps })
  clock.set(new Date(Date.now() + 2 * 60 * minute))
  const orphan = objectKey(deps.newId(), deps.newId())
  await copyTo(deps, orphan, lost.fileId)
  await deps.objects.delete((await deps.files.find(lost.fileId))!.objectKey!)
  await run(new SweepOrphans(deps))
  expect(await reportOf(deps)).toMatchObject({ orphans: 1, lost: 1 })
  await run(new DeleteObjects(deps))
  expect(await deps.objects.head(orphan)).toBeDefined()
  expect((await see(api, lost.fileId)).json.status).toBe('ready')
})

const few = { uploads: 2, page: 1_000 }
const many = { uploads: 12, page: 5 }
for (const { uploads, page } of [few, many]) {
  test(`the wrong store costs none of ${uploads} files`, async ({ api, deps }) => {
    for (let count = 0; count < uploads; count++) await uploadChecked({ api, deps })
    await reserve(api, wanted(pdf())) // needs no object yet
    const { rows } = await deps.database.sql.query<{ object_key: string }>(
      'SELECT object_key FROM files WHERE object_key IS NOT NULL',
    )
    for (const row of rows) await deps.objects.delete(row.object_key)
    expect(JSON.stringify(await run(new SweepOrphans(deps, page)))).toContain('is this the right store?')
    expect((await deps.database.sql.query('SELECT FROM files')).rowCount).toBe(uploads + 1)
  })

  now(`the wrong database costs none of ${uploads} objects`, async ({ api, deps, clock }) => {
    for (let count = 0; count < uploads; count++) await uploadChecked({ api, deps })
    await run(new DeleteObjects(deps))
    await deps.database.sql.query('DELETE FROM files')
    clock.set(new Date(Date.now() + 2 * 60 * minute))
    expect(JSON.stringify(await run(new SweepOrphans(deps, page)))).toContain('is this the right database?')
    await run(new DeleteObjects(deps))
    expect(await everything(deps)).toHaveLength(uploads)
  })
}

test('a store that goes away in the middle of a round costs no file', async ({ api, deps }) => {
  for (let count = 0; count < 8; count++) await uploadChecked({ api, deps })
  const { rows } = await deps.database.sql.query<{ object_key: string }>('SELECT object_key FROM files ORDER BY 1')
  for (const row of rows.slice(6)) await deps.objects.delete(row.object_key)
  expect(JSON.stringify(await run(new SweepOrphans(deps, 3)))).toContain('is this the right store?')
  expect((await deps.database.sql.query('SELECT FROM files')).rowCount).toBe(8)
})

test('a store that comes back before the round ends costs no file', async ({ api, deps }) => {
  const { fileId } = await uploadChecked({ api, deps })
  let looks = 0
  const objects = Object.assign(Object.create(deps.objects) as typeof deps.objects, {
    list: () => Promise.resolve([]),
    head: async (key: string) => (looks++ === 0 ? undefined : deps.objects.head(key)),
  })
  await run(new SweepOrphans({ ...deps, objects }))
  expect(await reportOf(deps)).toMatchObject({ lost: 1 })
  expect((await see(api, fileId)).json.status).toBe('ready')
})

/** An object of the same bytes elsewhere. */
async function copyTo({ objects, files }: Pick<Deps, 'objects' | 'files' | 'database'>, to: string, fileId: string) {
  const file = (await files.find(fileId))!
  const from = file.status === 'ready' ? file.objectKey! : file.quarantineKey
  const { etag } = (await objects.head(from))!
  await objects.copy(from, to, { etag, sha256: file.sha256 ?? '', contentType: file.contentType })
}

async function everything({ objects }: Pick<Deps, 'objects' | 'files' | 'database'>) {
  const pages = await Promise.all(['objects/', 'quarantine/'].map((prefix) => objects.list({ prefix, limit: 100 })))
  return pages.flat().map(({ key }) => key)
}

async function reportOf({ database }: Pick<Deps, 'objects' | 'files' | 'database'>) {
  const { rows } = await database.sql.query<{ report: OrphanReport }>(
    `SELECT report FROM rounds WHERE name = 'sweep-orphans' AND finished_at IS NOT NULL`,
  )
  return rows[0]?.report
}
