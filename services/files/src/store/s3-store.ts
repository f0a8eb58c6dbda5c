import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Clock } from '@slipway/service-kit'
import { contentDisposition } from './keys.ts'
import { ObjectChanged, ObjectMissing, type ObjectStore } from './object-store.ts'
import type { StoreSettings } from './store-settings.ts'

/** S3, or whatever speaks its protocol. */
export function s3Store(settings: StoreSettings & { S3_BUCKET: string }, clock: Clock): ObjectStore {
  const bucket = settings.S3_BUCKET
  const Bucket = bucket
  const client = connectS3(settings, settings.S3_ENDPOINT)
  const browsers = connectS3(settings, settings.S3_PUBLIC_ENDPOINT ?? settings.S3_ENDPOINT)
  const secondsUntil = (expiresAt: Date) => Math.ceil((expiresAt.getTime() - clock.now().getTime()) / 1_000)

  const store: ObjectStore = {
    async uploadForm({ key, size, contentType, sha256, expiresAt }) {
      const { url, fields } = await createPresignedPost(browsers, {
        Bucket: bucket,
        Key: key,
        // exactly this key, type and checksum: they are fields, and so conditions
        Conditions: [['content-length-range', size, size]],
        Fields: {
          'Content-Type': contentType,
          ...(sha256 && {
            'x-amz-checksum-algorithm': 'SHA256',
            'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
          }),
        },
        Expires: secondsUntil(expiresAt),
      })
      return { method: 'POST', url, fields, expiresAt: expiresAt.toISOString() }
    },

    downloadUrl({ key, contentType, filename, inline, expiresAt }) {
      const command = new GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentType: contentType,
        ResponseContentDisposition: contentDisposition(filename, inline),
        ResponseCacheControl: 'private, max-age=300',
      })
      return getSignedUrl(browsers, command, { expiresIn: secondsUntil(expiresAt) })
    },

    async head(key) {
      const found = await unlessMissing(client.send(new HeadObjectCommand({ Bucket, Key: key })))
      return found && { size: found.ContentLength ?? 0, etag: found.ETag ?? '' }
    },

    async read(key, etag, abortSignal) {
      const command = new GetObjectCommand({ Bucket, Key: key, IfMatch: etag })
      const { Body } = await asOurs(client.send(command, { abortSignal }))
      return Body as Readable
    },

    async put(key, file, { contentType }, abortSignal) {
      const { size } = await stat(file)
      const command = new PutObjectCommand({
        Bucket,
        Key: key,
        Body: createReadStream(file),
        ContentLength: size,
        ContentType: contentType,
      })
      await client.send(command, { abortSignal })
    },

    async copy(from, to, { etag, sha256, contentType }, abortSignal) {
      const command = new CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource: `${bucket}/${from}`,
        CopySourceIfMatch: etag,
        ContentType: contentType,
        MetadataDirective: 'REPLACE',
        ChecksumAlgorithm: 'SHA256',
      })
      const { CopyObjectResult } = await asOurs(client.send(command, { abortSignal }))
      // not every store heeds the condition, and an ETag is MD5: other bytes can be made to have the same
      if (CopyObjectResult?.ChecksumSHA256 === Buffer.from(sha256, 'hex').toString('base64')) return
      const copied = await store.head(to)
      if (!copied || (await hash(await store.read(to, copied.etag, abortSignal))) !== sha256)
        throw new ObjectChanged(from)
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }))
    },

    async list({ prefix, after, limit }) {
      const command = new ListObjectsV2Command({ Bucket, Prefix: prefix, StartAfter: after, MaxKeys: limit })
      const { Contents = [] } = await client.send(command)
      return Contents.map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        size: Size,
        changedAt: LastModified ?? new Date(0),
      }))
    },

    close() {
      client.destroy()
      browsers.destroy()
    },
  }
  return store
}

export function connectS3(settings: StoreSettings, endpoint: string | undefined) {
  const { S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PATH_STYLE } = settings
  return new S3Client({
    region: S3_REGION,
    endpoint,
    forcePathStyle: S3_PATH_STYLE,
    // else a presigned URL demands a checksum header that no browser sends, and other stores refuse
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000 },
    ...(S3_ACCESS_KEY_ID && {
      credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY ?? '' },
    }),
  })
}

async function hash(bytes: Readable) {
  const sum = createHash('sha256')
  await pipeline(bytes, sum)
  return sum.digest('hex')
}

const statusOf = (error: unknown) => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined)

const unlessMissing = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (statusOf(error) === 404) return undefined
    throw error
  })

const asOurs = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (statusOf(error) === 412) throw new ObjectChanged()
    if (statusOf(error) === 404) throw new ObjectMissing()
    throw error
  })
