import type { Observability } from '@slipway/observability'
import type { Clock } from '@slipway/service-kit'
import { diskStore, type DiskStore } from './disk-store.ts'
import type { ObjectStore } from './object-store.ts'
import { s3Store } from './s3-store.ts'
import type { StoreSettings } from './store-settings.ts'
import { tracedStore } from './traced-store.ts'

/** The store that the settings name; `disk` when it is the one whose routes we serve ourselves. */
export function createStore(
  settings: StoreSettings & { PUBLIC_URL: string },
  clock: Clock,
  observability: Pick<Observability, 'span'>,
): { objects: ObjectStore; disk: DiskStore | undefined } {
  const { S3_BUCKET, DISK_STORE_DIR, DISK_STORE_SECRET, PUBLIC_URL } = settings
  if (S3_BUCKET)
    return { objects: tracedStore(s3Store({ ...settings, S3_BUCKET }, clock), 's3', observability), disk: undefined }
  const url = `${PUBLIC_URL.replace(/\/$/, '')}/files/store`
  const disk = diskStore({ dir: DISK_STORE_DIR!, secret: DISK_STORE_SECRET!, url, clock })
  return { objects: tracedStore(disk, 'disk', observability), disk }
}
