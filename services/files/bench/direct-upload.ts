import { randomBytes, randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { quarantineKey } from '../src/store/keys.ts'
import { openS3Store } from '../src/testing/stores.ts'
import { testBucket } from '../src/testing/s3.ts'
import { sendForm } from '../src/testing/sending.ts'
import { percentile } from './world.ts'

/** `TEST_S3_ENDPOINT=… node services/files/bench/direct-upload.ts`: our form against a bare presigned POST, in turns. */
const bytes = randomBytes(16 * 1_048_576)
const contentType = 'application/pdf'
const { store, stop } = await openS3Store()
const bucket = (await testBucket())!
const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = bucket.settings
const client = new S3Client({
  endpoint: S3_ENDPOINT,
  region: S3_REGION,
  forcePathStyle: true,
  credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
})

async function rateOf(form: Parameters<typeof sendForm>[0]): Promise<number> {
  const since = performance.now()
  const { status } = await sendForm(form, bytes)
  if (status !== 204) throw new Error(`${status} instead of 204`)
  return bytes.length / 1_048_576 / ((performance.now() - since) / 1_000)
}

const ours = async () => {
  const expiresAt = new Date(Date.now() + 60_000)
  return store.uploadForm({ key: quarantineKey(randomUUID()), size: bytes.length, contentType, expiresAt })
}
const bare = async () => {
  const form = await createPresignedPost(client, { Bucket: S3_BUCKET, Key: randomUUID(), Expires: 60 })
  return { method: 'POST' as const, ...form, expiresAt: '' }
}

const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
for (let round = 0; round < 30; round++) {
  const turns = [
    () =>
      ours()
        .then(rateOf)
        .then((rate) => rates.ours.push(rate)),
    () =>
      bare()
        .then(rateOf)
        .then((rate) => rates.bare.push(rate)),
  ]
  for (const turn of round % 2 ? turns : turns.toReversed()) await turn()
}
const [mine, other] = [percentile(rates.ours, 0.5), percentile(rates.bare, 0.5)]
console.log(
  `${mine.toFixed(0)} MiB/s by our form, ${other.toFixed(0)} MiB/s by a bare one: ${(mine / other).toFixed(2)}`,
)
client.destroy()
await stop()
bucket.close()
