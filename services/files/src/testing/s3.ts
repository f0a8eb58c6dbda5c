import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { allowNetwork } from '@slipway/testing'

const {
  TEST_S3_ENDPOINT: endpoint,
  TEST_S3_ACCESS_KEY_ID = 'slipway',
  TEST_S3_SECRET_ACCESS_KEY = 'slipway-secret',
} = process.env

/** Settings of a new, empty bucket; undefined where no S3 server is named to the tests. */
export async function testBucket() {
  if (!endpoint) return undefined
  const close = allowNetwork(endpoint)
  const settings = {
    S3_BUCKET: `test-${randomUUID()}`,
    S3_ENDPOINT: endpoint,
    S3_REGION: process.env['TEST_S3_REGION'] ?? 'us-east-1',
    S3_ACCESS_KEY_ID: TEST_S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: TEST_S3_SECRET_ACCESS_KEY,
    S3_PATH_STYLE: true,
  }
  const client = new S3Client({
    endpoint,
    region: settings.S3_REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: TEST_S3_ACCESS_KEY_ID, secretAccessKey: TEST_S3_SECRET_ACCESS_KEY },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  await client.send(new CreateBucketCommand({ Bucket: settings.S3_BUCKET }))
  client.destroy()
  return { settings, close }
}
