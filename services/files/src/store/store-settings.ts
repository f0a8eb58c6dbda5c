import { Secret, type WrongVariable } from '@slipway/config'
import { Type, type Static, type TObject } from 'typebox'

export const storeVariables = {
  S3_BUCKET: Type.Optional(
    Type.String({ minLength: 3, description: 'Objects are kept in this bucket of an S3 store' }),
  ),
  S3_ENDPOINT: Type.Optional(
    Type.String({ format: 'uri', description: 'Address of an S3-compatible store; that of AWS when absent' }),
  ),
  S3_PUBLIC_ENDPOINT: Type.Optional(
    Type.String({ format: 'uri', description: 'The same as browsers see it, where it differs' }),
  ),
  S3_REGION: Type.String({ minLength: 1, default: 'us-east-1' }),
  S3_ACCESS_KEY_ID: Type.Optional(
    Type.String({ minLength: 1, description: 'When absent, what the AWS SDK finds: a role of the pod, for instance' }),
  ),
  S3_SECRET_ACCESS_KEY: Type.Optional(Secret()),
  S3_PATH_STYLE: Type.Boolean({
    default: true,
    description: 'The bucket in the path instead of in the host’s name, as S3-compatible stores want it',
  }),
  DISK_STORE_DIR: Type.Optional(
    Type.String({ minLength: 1, description: 'Without S3_BUCKET: objects are kept in this folder, for one machine' }),
  ),
  DISK_STORE_SECRET: Type.Optional(
    Secret({ minLength: 32, description: 'Signs the disk store’s forms and links; at least 32 random characters' }),
  ),
}
export type StoreSettings = Static<TObject<typeof storeVariables>>

export function wrongStoreSettings(settings: StoreSettings): WrongVariable[] {
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, DISK_STORE_DIR, DISK_STORE_SECRET } = settings
  if (S3_BUCKET) {
    const whole = (S3_ACCESS_KEY_ID === undefined) === (S3_SECRET_ACCESS_KEY === undefined)
    return whole ? [] : [{ variable: 'S3_SECRET_ACCESS_KEY', reason: 'goes with S3_ACCESS_KEY_ID: both or neither' }]
  }
  if (!DISK_STORE_DIR) return [{ variable: 'S3_BUCKET', reason: 'is required, or DISK_STORE_DIR for one machine' }]
  return DISK_STORE_SECRET ? [] : [{ variable: 'DISK_STORE_SECRET', reason: 'is required with DISK_STORE_DIR' }]
}
