import { CreateBucketCommand, PutBucketCorsCommand, S3ServiceException } from '@aws-sdk/client-s3'
import { connectS3 } from './s3-store.ts'
import type { StoreSettings } from './store-settings.ts'

const there = ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']

/** Makes the bucket unless it is there, and lets pages of these origins upload to it and read from it. Safe to repeat. */
export async function makeBucket(settings: StoreSettings & { S3_BUCKET: string }, origins: readonly string[]) {
  const client = connectS3(settings, settings.S3_ENDPOINT)
  const Bucket = settings.S3_BUCKET
  try {
    await client.send(new CreateBucketCommand({ Bucket })).catch((error: unknown) => {
      if (!(error instanceof S3ServiceException) || !there.includes(error.name)) throw error
    })
    const rule = { AllowedMethods: ['GET', 'HEAD', 'POST'], AllowedOrigins: [...origins], AllowedHeaders: ['*'] }
    await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }))
  } finally {
    client.destroy()
  }
}
