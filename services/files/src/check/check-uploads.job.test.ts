import { FileReady, FileRejected } from '@slipway/contracts/files'
import sharp from 'sharp'
import { expect } from 'vitest'
import { clamdDouble } from '../testing/clamd-double.ts'
import { photo, png, pdf } from '../testing/samples.ts'
import { test, testWith } from '../testing/test.ts'
import { check, person, run, see, send, shopkeeper, upload, uploadChecked, usages } from '../testing/uploading.ts'
import { DeleteObjects } from '../lifecycle/delete-objects.job.ts'

test('a picture is kept without its metadata, under a lasting address', async ({ api, deps, events }) => {
  const bytes = await photo()
  const picture = { purpose: 'product-image', filename: 'mug.jpg', subject: 'mug-1' } as const
  const { fileId } = await uploadChecked({ api, deps }, bytes, picture, shopkeeper)
  const { json } = await see(api, fileId, shopkeeper)
  const url = `http://slipway.test/files/public/${fileId}`
  expect(json).toMatchObject({ status: 'ready', publicUrl: url })
  expect((await events.emitted(FileReady))[0]?.data).toEqual({
    fileId,
    ownerService: 'cart',
    purpose: 'product-image',
    subject: 'mug-1',
    url,
  })
  const redirect = await api.anonymous.get(new URL(url).pathname)
  expect(redirect.status).toBe(302)
  const link = new URL(String(redirect.headers['location']))
  const shown = await api.anonymous.get(link.pathname + link.search)
  expect(shown.headers).toMatchObject({ 'content-type': 'image/jpeg', 'content-length': String(json.size) })
  expect(String(shown.headers['content-disposition'])).toMatch(/^inline;/)

  const kept = await deps.files.find(fileId)
  const stored = await deps.objects.head(kept!.objectKey!)
  const read = await deps.objects.read(kept!.objectKey!, stored!.etag)
  const metadata = await sharp(Buffer.concat(await read.toArray())).metadata()
  expect({ exif: metadata.exif, size: stored!.size }).toEqual({ exif: undefined, size: json.size })
  expect(await usages(deps)).toMatchObject([
    { kind: 'owner', bytes: json.size },
    { kind: 'subject', bytes: json.size },
  ])
})

test('what a check refuses is rejected, told, gone, and its quota is given back', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const { fileId } = await upload({ api }, Buffer.from('MZ this is a program'))
  const before = await deps.files.find(fileId)
  await check({ deps })
  expect((await see(api, fileId)).json).toMatchObject({
    status: 'rejected',
    rejection: { reason: 'EXECUTABLE', detail: 'It is a Windows program' },
  })
  expect(await events.emitted()).toEqual([
    {
      type: FileRejected.type,
      subject: fileId,
      version: 4,
      data: { fileId, ownerService: 'files', purpose: 'document', subject: person.id, reason: 'EXECUTABLE' },
    },
  ])
  expect(await usages(deps)).toMatchObject([
    { files: 0, bytes: 0 },
    { files: 0, bytes: 0 },
  ])
  await run(new DeleteObjects(deps))
  expect(await deps.objects.head(before!.quarantineKey)).toBeUndefined()
  clock.advance(3_600_000)
  await run(new DeleteObjects(deps))
  expect((await deps.database.sql.query('SELECT key FROM doomed_objects')).rows).toEqual([])
})

test('only the version that was checked is kept, though the form is still good', async ({ api, deps }) => {
  const { fileId, form } = await uploadChecked({ api, deps })
  expect((await send(api, form, pdf().fill('x'))).status).toBe(204)
  const { json } = await see(api, fileId)
  const link = new URL(json.download.url)
  expect((await api.anonymous.get(link.pathname + link.search)).text).toBe(pdf().toString('latin1'))
})

const clamdPort = 45_310
const guarded = testWith({ CLAMD_URL: `tcp://127.0.0.1:${clamdPort}`, CHECK_MAX_ATTEMPTS: '3' })
guarded(
  'without the antivirus’s word nothing becomes ready: tried again, then rejected',
  async ({ api, deps, clock, network, events }) => {
    network.allow(`http://127.0.0.1:${clamdPort}`)
    const clamdUrl = deps.settings.CLAMD_URL
    const { fileId } = await upload({ api })
    for (let attempt = 1; attempt <= 3; attempt++) {
      await check({ deps }, clamdUrl)
      expect((await see(api, fileId)).json).toMatchObject({ status: 'checking' })
      clock.advance(300_000)
    }
    await check({ deps }, clamdUrl)
    expect((await see(api, fileId)).json).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'CHECKS_UNAVAILABLE' },
    })
    expect((await events.emitted()).map(({ type }) => type)).toEqual([FileRejected.type])

    const antivirus = await clamdDouble(() => 'stream: OK\0')
    const next = await upload({ api })
    await check({ deps }, antivirus.url)
    antivirus.stop()
    expect((await see(api, next.fileId)).json.status).toBe('ready')
  },
)

test('what was uploaded and is gone before it is checked is rejected', async ({ api, deps }) => {
  const { fileId } = await upload({ api })
  await deps.objects.delete((await deps.files.find(fileId))!.quarantineKey)
  await check({ deps })
  expect((await see(api, fileId)).json).toMatchObject({ status: 'rejected', rejection: { reason: 'NOT_UPLOADED' } })
})

test.fresh('many lanes check each file once', async ({ api, deps, events }) => {
  const files = await Promise.all(
    Array.from({ length: 12 }, async () =>
      upload({ api }, await png(), { filename: 'a.png', purpose: 'product-image' }, shopkeeper),
    ),
  )
  await Promise.all(Array.from({ length: 4 }, () => check({ deps })))
  const told = await events.emitted(FileReady)
  expect(told.map(({ subject }) => subject).toSorted()).toEqual(files.map(({ fileId }) => fileId).toSorted())
  const { rows } = await deps.database.sql.query<{ checks: number }>('SELECT DISTINCT checks FROM files')
  expect(rows).toEqual([{ checks: 1 }])
})
