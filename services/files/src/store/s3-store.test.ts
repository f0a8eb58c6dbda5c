import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@slipway/service-kit'
import { allowNetwork } from '@slipway/testing'
import { describe, expect, test as plain } from 'vitest'
import { pdf } from '../testing/samples.ts'
import { testWith } from '../testing/test.ts'
import { reserve, wanted } from '../testing/uploading.ts'
import { ObjectChanged } from './object-store.ts'
import { s3Store } from './s3-store.ts'

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

describe('what was copied is known by its SHA-256: ETags of S3 are MD5, of which two files can have the same', () => {
  const etag = '"5d41402abc4b2a76b9719d911017c592"'
  const sha256 = (bytes: Buffer, encoding: 'hex' | 'base64') => createHash('sha256').update(bytes).digest(encoding)

  /** Copies on a server that holds those bytes and tells that checksum of the copy. Answers what it was asked. */
  async function copy(stored: Buffer, checksum: string) {
    const asked: unknown[] = []
    const server = createServer((request, response) => {
      asked.push([request.method, request.headers['x-amz-checksum-algorithm']])
      response.setHeader('etag', etag)
      if (request.method === 'PUT') response.end(`<CopyObjectResult><ETag>${etag}</ETag>${checksum}</CopyObjectResult>`)
      else response.end(request.method === 'GET' ? stored : undefined)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const close = allowNetwork(endpoint)
    const address = { S3_BUCKET: 'bucket', S3_ENDPOINT: endpoint, S3_REGION: 'us-east-1', S3_PATH_STYLE: true }
    const settings = { ...address, S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'only-for-tests' }
    const store = s3Store(settings, systemClock)
    const facts = { etag, sha256: sha256(pdf(), 'hex'), contentType: 'application/pdf' }
    try {
      await store.copy('from', 'to', facts)
      return asked
    } finally {
      store.close()
      close()
      server.close()
    }
  }
  const told = (bytes: Buffer) => `<ChecksumSHA256>${sha256(bytes, 'base64')}</ChecksumSHA256>`

  plain('by that of its bytes where the store tells none', async () => {
    await expect(copy(pdf('/X 1 '), '')).rejects.toThrow(ObjectChanged)
    expect(await copy(pdf(), '')).toEqual([
      ['PUT', 'SHA256'],
      ['HEAD', undefined],
      ['GET', undefined],
    ])
  })

  plain('by the one that the store tells, where it does', async () => {
    await expect(copy(pdf('/X 1 '), told(pdf('/X 1 ')))).rejects.toThrow(ObjectChanged)
    expect(await copy(pdf(), told(pdf()))).toEqual([['PUT', 'SHA256']])
  })
})
