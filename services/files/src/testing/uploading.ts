import type { PeriodicJob } from '@slipway/broker'
import type { NewUpload, UploadForm } from '@slipway/contracts/files'
import { user, type Api, type ServiceFixtures, type TestCaller } from '@slipway/testing'
import { CheckUploads } from '../check/check-uploads.job.ts'
import type { Deps } from '../deps.ts'
import { contentTypes, pdf } from './samples.ts'
import { encoded } from './sending.ts'

type World = Pick<ServiceFixtures<Deps>, 'api' | 'deps'>

export const person = user({ id: '01980000-0000-7000-9000-000000000200' })
export const stranger = user({ id: '01980000-0000-7000-9000-000000000201' })
export const shopkeeper = user({ permissions: ['products:write'] })

/** What somebody asks to upload: a document of those bytes unless told otherwise. */
export const wanted = (bytes: Uint8Array, more: Partial<NewUpload> = {}): NewUpload => {
  const { filename = 'report.pdf' } = more
  const extension = filename.split('.').at(-1) as keyof typeof contentTypes
  return { purpose: 'document', filename, size: bytes.length, contentType: contentTypes[extension], ...more }
}

export const reserve = (api: Api, body: object, caller: TestCaller = person) =>
  api.as(caller).post('/files/v1/uploads', body)

/** Sends a form of the disk store as a browser would. */
export async function send(api: Api, form: UploadForm, bytes: Uint8Array, fields: Record<string, string> = {}) {
  const { body, headers } = await encoded(form, bytes, { fields })
  return api.anonymous.post(new URL(form.url).pathname, body, headers)
}

export const complete = (api: Api, fileId: string, caller: TestCaller = person) =>
  api.as(caller).post(`/files/v1/uploads/${fileId}/complete`)

export const see = (api: Api, fileId: string, caller: TestCaller = person) =>
  api.as(caller).get(`/files/v1/files/${fileId}`)

/** Reserved, sent and said to be complete. */
export async function upload(
  { api }: Pick<World, 'api'>,
  bytes: Uint8Array = pdf(),
  more: Partial<NewUpload> = {},
  caller = person,
) {
  const { json } = await reserve(api, wanted(bytes, more), caller)
  await send(api, json.upload, bytes)
  await complete(api, json.fileId, caller)
  return { fileId: json.fileId as string, form: json.upload as UploadForm }
}

/** One run of a periodic job. */
export async function run(job: PeriodicJob, signal = new AbortController().signal) {
  const lines: unknown[] = []
  const note = (...line: unknown[]) => void lines.push(line)
  const logger = { info: note, warn: note, error: note, debug: note }
  await job.run({ tick: new Date(), signal, logger: logger as never })
  return lines
}

export const check = ({ deps }: Pick<World, 'deps'>, clamdUrl?: string) => run(new CheckUploads(deps, 1, { clamdUrl }))

/** Uploaded and checked. */
export async function uploadChecked(
  world: World,
  ...args: Parameters<typeof upload> extends [unknown, ...infer Rest] ? Rest : never
) {
  const uploaded = await upload(world, ...args)
  await check(world)
  return uploaded
}

export const usages = async ({ database }: Pick<Deps, 'database'>) =>
  (
    await database.sql.query<{ purpose: string; kind: string; files: number; bytes: string }>(
      'SELECT purpose, kind, files, bytes::int FROM usages ORDER BY purpose, kind, holder',
    )
  ).rows
