import { expect } from 'vitest'
import { pdf } from '../testing/samples.ts'
import { testWith } from '../testing/test.ts'
import { reserve, wanted } from '../testing/uploading.ts'

const test = testWith({
  S3_BUCKET: 'bucket',
  S3_ENDPOINT: 'http://s3.internal',
  S3_PUBLIC_ENDPOINT: 'https://s3.example',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'only-for-tests',
})

test('with S3 no byte of an upload or download passes through here: forms lead to the store, and no route takes bytes', async ({
  api,
}) => {
  const { json } = await reserve(api, wanted(pdf(), { sha256: 'a'.repeat(64) }))
  expect(json.upload.url).toBe('https://s3.example/bucket')
  const { key } = json.upload.fields as Record<string, string>
  const conditions = JSON.parse(Buffer.from(json.upload.fields.Policy, 'base64').toString()).conditions as unknown[]
  expect(conditions).toEqual(
    expect.arrayContaining([
      ['content-length-range', pdf().length, pdf().length],
      { bucket: 'bucket' },
      { key },
      { 'Content-Type': 'application/pdf' },
      { 'x-amz-checksum-sha256': Buffer.from('a'.repeat(64), 'hex').toString('base64') },
    ]),
  )

  expect(api.routes.map(({ url }) => url).filter((url) => url.includes('/store'))).toEqual([])
  expect((await api.post('/files/store/uploads', {})).status).toBe(404)
  expect((await api.get(`/files/store/${key}`)).status).toBe(404)
})
