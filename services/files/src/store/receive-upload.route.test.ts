import { writeFile } from 'node:fs/promises'
import { problem } from '@slipway/testing'
import { expect } from 'vitest'
import { environment } from '../testing/environment.ts'
import { pdf } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { reserve, send, wanted } from '../testing/uploading.ts'

const path = '/files/store/uploads'
const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
const field = (name: string, value: string, more = '') =>
  `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const file = (value: string) => field('file', value, '; filename="a.pdf"')

test('a form that cannot be read is refused', async ({ api }) => {
  const { json } = await reserve(api, wanted(pdf()))
  const signed = Object.entries(json.upload.fields as Record<string, string>).map((entry) => field(...entry))
  const refused = problem(400, 'UPLOAD_REFUSED', path)
  const post = (body: string, headers: Record<string, string> = multipart) => api.anonymous.post(path, body, headers)

  expect(await post('x', { 'content-type': 'multipart/form-data' })).toMatchObject(refused)
  expect(await post(field('key', 'value').slice(0, -4))).toMatchObject(refused)
  expect(await post(signed.join('') + file(pdf().toString('latin1')))).toMatchObject(refused)
  const object = field('key', '{"toString":1}', '\r\ncontent-type: application/json')
  expect(await post(`${object}${file('x')}--x--\r\n`)).toMatchObject(refused)
  expect(await post('')).toMatchObject(refused)
})

test('that the store cannot write is no fault of the form', async ({ api }) => {
  const { json } = await reserve(api, wanted(pdf()))
  await writeFile(environment.DISK_STORE_DIR, 'no folder')
  expect(await send(api, json.upload, pdf())).toMatchObject({ status: 500 })
})
