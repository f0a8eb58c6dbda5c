import { policies } from '@slipway/contracts/files'
import { FileReady } from '@slipway/contracts/files'
import { delegated, problem, service, user } from '@slipway/testing'
import { expect } from 'vitest'
import { pdf, png } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import {
  check,
  complete,
  person,
  reserve,
  see,
  send,
  shopkeeper,
  stranger,
  upload,
  usages,
  wanted,
} from '../testing/uploading.ts'

const uploads = '/files/v1/uploads'

test('a document is reserved, sent, checked and downloaded', async ({ api, deps, events, ids }) => {
  const bytes = pdf()
  const reserved = await reserve(api, wanted(bytes))
  const fileId = ids.last
  expect(reserved.status).toBe(201)
  expect(reserved.json).toEqual({
    fileId,
    upload: {
      method: 'POST',
      url: 'http://slipway.test/files/store/uploads',
      fields: {
        key: `quarantine/${fileId.slice(-2)}/${fileId}`,
        'Content-Type': 'application/pdf',
        policy: expect.any(String),
        signature: expect.any(String),
      },
      expiresAt: '2026-01-15T12:15:00.000Z',
    },
  })
  expect((await send(api, reserved.json.upload, bytes)).status).toBe(204)
  const file = {
    id: fileId,
    purpose: 'document',
    subject: person.id,
    filename: 'report.pdf',
    size: bytes.length,
    contentType: 'application/pdf',
    createdAt: '2026-01-15T12:00:00.000Z',
  }
  expect(await complete(api, fileId)).toMatchObject({ status: 202, json: { ...file, status: 'uploaded' } })

  await check({ deps })
  const ready = await see(api, fileId)
  expect(ready.json).toEqual({
    ...file,
    status: 'ready',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    download: { url: expect.any(String), expiresAt: '2026-01-15T12:10:00.000Z' },
    expiresAt: '2027-01-15T12:00:00.000Z',
  })
  const link = new URL(ready.json.download.url)
  const got = await api.anonymous.get(link.pathname + link.search)
  expect({ status: got.status, text: got.text }).toEqual({ status: 200, text: bytes.toString('latin1') })
  expect(got.headers).toMatchObject({
    'content-disposition': `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`,
    'x-content-type-options': 'nosniff',
  })
  expect(await events.emitted()).toEqual([
    {
      type: FileReady.type,
      subject: fileId,
      version: 4,
      data: { fileId, ownerService: 'files', purpose: 'document', subject: person.id },
    },
  ])
})

test('what the policy does not allow is refused, and takes nothing', async ({ api, deps }) => {
  const { size } = policies.document
  const refusals: [object, number, string][] = [
    [{ size: size.max + 1 }, 400, 'FILE_TOO_LARGE'],
    [{ size: 0 }, 400, 'FILE_TOO_SMALL'],
    [{ filename: 'report.exe' }, 400, 'EXTENSION_NOT_ALLOWED'],
    [{ filename: 'report.pdf.exe' }, 400, 'EXTENSION_NOT_ALLOWED'],
    [{ filename: 'pdf' }, 400, 'EXTENSION_NOT_ALLOWED'],
    [{ filename: 'x.constructor' }, 400, 'EXTENSION_NOT_ALLOWED'],
    [{ filename: 'x.pdf\u200b' }, 400, 'EXTENSION_NOT_ALLOWED'],
    [{ filename: 'x.ｐｄｆ' }, 400, 'EXTENSION_NOT_ALLOWED'],
    [{ contentType: 'text/html' }, 400, 'TYPE_NOT_ALLOWED'],
    [{ filename: 'x.docx' }, 400, 'TYPE_NOT_ALLOWED'],
    [{ filename: '../x.pdf' }, 400, 'VALIDATION_FAILED'],
    [{ filename: 'x\u0000.pdf' }, 400, 'VALIDATION_FAILED'],
    [{ filename: `${'x'.repeat(996)}.pdf` }, 400, 'VALIDATION_FAILED'],
    [{ purpose: 'passport' }, 400, 'VALIDATION_FAILED'],
    [{ key: 'objects/1' }, 400, 'VALIDATION_FAILED'],
    [{ url: 'http://169.254.169.254/' }, 400, 'VALIDATION_FAILED'], // nothing is ever fetched
    [{ subject: stranger.id }, 403, 'UPLOAD_NOT_ALLOWED'],
  ]
  for (const [change, status, code] of refusals) {
    const answer = await reserve(api, { ...wanted(pdf()), ...change })
    expect({ change, status: answer.status, code: answer.json.code }).toEqual({ change, status, code })
  }
  expect(await usages(deps)).toEqual([])
  const names = ['Отчёт за март.PDF', '报告.pdf', '👩‍👩‍👧.pdf', '..pdf', 'a.b.c.pdf']
  for (const filename of names)
    expect({ filename, status: (await reserve(api, { ...wanted(pdf()), filename })).status }).toEqual({
      filename,
      status: 201,
    })
})

test('who may upload is the policy’s word', async ({ api }) => {
  const picture = { ...wanted(await png(), { filename: 'mug.png' }), purpose: 'product-image', subject: 'mug-1' }
  expect((await reserve(api, picture)).json).toMatchObject({ status: 403, code: 'UPLOAD_NOT_ALLOWED' })
  expect((await reserve(api, picture, shopkeeper)).status).toBe(201)
  const forShop = delegated({ actor: 'cart', audience: 'files', permissions: ['products:write'] })
  expect((await reserve(api, picture, forShop)).status).toBe(201)
  expect((await reserve(api, picture, delegated({ actor: 'cart', audience: 'files' }))).status).toBe(403)
  expect((await reserve(api, picture, service('cart'))).status).toBe(201)
  expect((await reserve(api, picture, service('acquiring'))).json.code).toBe('UPLOAD_NOT_ALLOWED')
  expect((await reserve(api, { ...picture, purpose: 'avatar', subject: undefined }, service('sso'))).status).toBe(403)
})

test('files and bytes are counted, those under way included', async ({ api, deps }) => {
  const avatar = { ...wanted(await png(), { filename: 'me.png' }), purpose: 'avatar', size: policies.avatar.size.max }
  for (let taken = 0; taken < 20; taken++) expect((await reserve(api, avatar)).status).toBe(201)
  expect((await reserve(api, { ...avatar, size: 1 })).json.code).toBe('QUOTA_EXCEEDED') // 20 × 5 MB is all of it
  expect(await usages(deps)).toEqual([
    { purpose: 'avatar', kind: 'owner', files: 20, bytes: policies.avatar.bytesPerOwner },
    { purpose: 'avatar', kind: 'subject', files: 20, bytes: policies.avatar.bytesPerOwner },
  ])

  for (let taken = 0; taken < 20; taken++) await reserve(api, { ...avatar, size: 1 }, stranger)
  expect(await reserve(api, { ...avatar, size: 1 }, stranger)).toMatchReference(
    problem(409, 'TOO_MANY_FILES', uploads, { maxFiles: 20 }),
  )
})

test('a form is for just its key, type and size, and what comes otherwise is not there', async ({ api }) => {
  const bytes = pdf()
  const { json } = await reserve(api, wanted(bytes))
  const other = await reserve(api, wanted(bytes))
  const { upload: form } = json
  expect((await send(api, form, bytes, { key: other.json.upload.fields.key })).json.code).toBe('UPLOAD_REFUSED')
  expect((await send(api, form, bytes, { key: '../../x' })).status).toBe(403)
  expect((await send(api, form, bytes, { 'Content-Type': 'text/html' })).status).toBe(403)
  expect((await send(api, form, bytes, { signature: 'AAAA' })).json.code).toBe('SIGNATURE_INVALID')
  expect((await send(api, form, bytes, { policy: other.json.upload.fields.policy })).json.code).toBe(
    'SIGNATURE_INVALID',
  )
  expect((await send(api, form, Buffer.concat([bytes, bytes]))).status).toBe(413)
  expect((await send(api, form, bytes.subarray(1))).status).toBe(400)
  expect((await complete(api, json.fileId)).json.code).toBe('NOT_UPLOADED')
})

test('a form is good for its time, and an upload that came in time is noted after it', async ({ api, clock }) => {
  const bytes = pdf()
  const { json } = await reserve(api, wanted(bytes))
  clock.advance(14 * 60_000)
  expect((await send(api, json.upload, bytes)).status).toBe(204)
  clock.advance(2 * 60_000)
  expect((await send(api, json.upload, bytes)).json.code).toBe('LINK_EXPIRED')
  expect((await complete(api, json.fileId)).status).toBe(202)
})

test('complete can be repeated, and is of whoever asked alone', async ({ api, deps }) => {
  const { fileId } = await upload({ api })
  expect((await complete(api, fileId)).json.status).toBe('uploaded')
  expect((await complete(api, fileId, stranger)).json.code).toBe('FILE_NOT_FOUND')
  await check({ deps })
  expect(await complete(api, fileId)).toMatchObject({ status: 202, json: { status: 'ready' } })
  const shops = service('files')
  expect((await complete(api, fileId, shops)).status).toBe(404)
  expect((await see(api, fileId, shops)).status).toBe(200)
  expect((await see(api, fileId, service('cart'))).status).toBe(404)
  expect((await see(api, fileId, user({ permissions: ['products:write'] }))).status).toBe(404)
})
