import { randomUUID } from 'node:crypto'
import { GetBucketCorsCommand } from '@aws-sdk/client-s3'
import { allowNetwork } from '@slipway/testing'
import { afterAll, expect, test } from 'vitest'
import { bucketCommand } from './bucket.command.ts'
import { connectS3 } from './s3-store.ts'

const { TEST_S3_ENDPOINT: endpoint } = process.env
if (!endpoint) console.log('skipped: the bucket of a real S3 server; TEST_S3_ENDPOINT names none')

const close = endpoint ? allowNetwork(endpoint) : () => {}
afterAll(close)

const settings = {
  PUBLIC_URL: 'https://shop.example/',
  CORS_ORIGINS: 'https://app.example, https://shop.example',
  S3_BUCKET: `made-${randomUUID()}`,
  S3_ENDPOINT: endpoint,
  S3_REGION: process.env['TEST_S3_REGION'] ?? 'us-east-1',
  S3_ACCESS_KEY_ID: process.env['TEST_S3_ACCESS_KEY_ID'] ?? 'slipway',
  S3_SECRET_ACCESS_KEY: process.env['TEST_S3_SECRET_ACCESS_KEY'] ?? 'slipway-secret',
  S3_PATH_STYLE: true,
}
const command = (changed: object = {}) =>
  bucketCommand({ settings: { ...settings, ...changed } as unknown as Parameters<typeof bucketCommand>[0]['settings'] })

test.skipIf(!endpoint)('a bucket is made once, and pages of the platform may upload to it', async () => {
  expect(await command()([])).toEqual([`bucket ${settings.S3_BUCKET} is there`])
  expect(await command()([])).toEqual([`bucket ${settings.S3_BUCKET} is there`])
  const client = connectS3(settings, endpoint)
  const { CORSRules } = await client.send(new GetBucketCorsCommand({ Bucket: settings.S3_BUCKET }))
  client.destroy()
  expect(CORSRules?.[0]?.AllowedOrigins?.sort()).toEqual(['https://app.example', 'https://shop.example'])
})

test('without a bucket in the settings, or with words it does not know, it says so', async () => {
  await expect(command({ S3_BUCKET: undefined })([])).rejects.toThrow('S3_BUCKET is not set')
  await expect(command()(['please'])).rejects.toThrow('makes the bucket')
})
