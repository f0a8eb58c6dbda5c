import { WrongCommand, type ServiceCommand } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { makeBucket } from './make-bucket.ts'

/** Makes the bucket that the settings name, for pages of the platform and of `CORS_ORIGINS`. */
export const bucketCommand =
  ({ settings }: Pick<Deps, 'settings'>): ServiceCommand =>
  async (args) => {
    const { S3_BUCKET, CORS_ORIGINS, PUBLIC_URL } = settings
    if (args.length > 0) throw new WrongCommand('bucket   makes the bucket of S3_BUCKET, with its CORS rules')
    if (!S3_BUCKET) throw new WrongCommand('There is no bucket to make: S3_BUCKET is not set')
    const origins = [new URL(PUBLIC_URL).origin, ...CORS_ORIGINS.split(',').map((origin) => origin.trim())]
    await makeBucket({ ...settings, S3_BUCKET }, [...new Set(origins.filter(Boolean))])
    return [`bucket ${S3_BUCKET} is there`]
  }
