import { policies } from '@slipway/contracts/files'
import { expect } from 'vitest'
import { pdf, png } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { check, complete, person, reserve, send, usages, wanted } from '../testing/uploading.ts'
import { NoticeUploads } from './notice-uploads.job.ts'
import { run } from '../testing/uploading.ts'

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

test.fresh('of a hundred that want the last place one gets it', async ({ api, deps }) => {
  const avatar = { ...wanted(await png(), { filename: 'me.png' }), purpose: 'avatar' }
  for (let taken = 1; taken < policies.avatar.filesPerSubject; taken++) await reserve(api, avatar)
  const answers = await times(100, () => reserve(api, avatar))
  const codes = answers.map(({ status, json }) => (status === 201 ? 'reserved' : json.code))
  expect(codes.filter((code) => code === 'reserved')).toHaveLength(1)
  expect(new Set(codes)).toEqual(new Set(['reserved', 'TOO_MANY_FILES']))
  expect(await usages(deps)).toMatchObject([{ files: 20 }, { files: 20 }])
})

test.fresh('of a hundred that want the last bytes as many get some as there are', async ({ api, deps }) => {
  const { size, bytesPerOwner } = policies.document
  const document = { ...wanted(pdf()), size: size.max }
  const room = Math.floor(bytesPerOwner / size.max) // as many as files are allowed
  await times(room - 3, () => reserve(api, document))
  const answers = await times(50, () => reserve(api, document))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
  const [owner] = await usages(deps)
  expect(owner?.bytes).toBe(room * size.max)
})

test.fresh('completed by many at once, and noticed meanwhile, a file is checked once', async ({ api, deps, clock }) => {
  const { json } = await reserve(api, wanted(pdf()))
  await send(api, json.upload, pdf())
  clock.advance(60_000)
  const answers = await Promise.all([times(20, () => complete(api, json.fileId)), run(new NoticeUploads(deps))])
  expect(new Set(answers[0].map(({ status }) => status))).toEqual(new Set([202]))
  expect(await deps.files.find(json.fileId)).toMatchObject({ status: 'uploaded', version: 2 })
  await Promise.all([check({ deps }), times(10, () => complete(api, json.fileId))])
  expect(await deps.files.find(json.fileId)).toMatchObject({ status: 'ready', checks: 1 })
})

test.fresh('deleted by many at once, a file gives its quota back once', async ({ api, deps, events }) => {
  const { json } = await reserve(api, wanted(pdf()))
  await reserve(api, wanted(pdf()))
  const answers = await times(10, () => api.as(person).delete(`/files/v1/files/${json.fileId}`))
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  expect(await usages(deps)).toMatchObject([{ files: 1 }, { files: 1 }])
  expect(await events.emitted()).toHaveLength(1)
})

test.fresh('sent twice at once, one of the two is there whole', async ({ api, deps }) => {
  const [one, other] = [pdf('/A 1 '), pdf('/B 2 ')]
  const { json } = await reserve(api, wanted(one))
  const sent = await times(10, (index) => send(api, json.upload, index % 2 ? one : other))
  expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([204]))
  await complete(api, json.fileId)
  await check({ deps })
  const file = (await deps.files.find(json.fileId))!
  const read = await deps.objects.read(file.objectKey!, (await deps.objects.head(file.objectKey!))!.etag)
  expect([one.toString(), other.toString()]).toContain(Buffer.concat(await read.toArray()).toString())
})
