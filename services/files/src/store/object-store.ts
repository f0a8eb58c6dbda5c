import type { Readable } from 'node:stream'
import type { UploadForm } from '@slipway/contracts/files'

export interface ObjectFacts {
  /** Bytes. */
  size: number
  /** Another one for other bytes; not a checksum. */
  etag: string
}

export interface UploadGrant {
  key: string
  /** Bytes, exactly. */
  size: number
  contentType: string
  /** Lower-case hexadecimal. */
  sha256?: string
  expiresAt: Date
}

export interface DownloadGrant {
  key: string
  contentType: string
  /** Shown to the person who saves it. */
  filename: string
  /** Shown in the page instead of saved: only for what cannot run there. */
  inline: boolean
  expiresAt: Date
}

export interface ListedObject {
  key: string
  size: number
  changedAt: Date
}

/**
 * Where bytes are kept. Keys are ours: lower-case hexadecimal, hyphens, dots and slashes. Both implementations pass
 * `object-store.contract.test.ts`.
 */
export interface ObjectStore {
  /** A form for exactly this key, size and type (and checksum, where the store can bind it) until it expires. */
  uploadForm(grant: UploadGrant): Promise<UploadForm>
  downloadUrl(grant: DownloadGrant): Promise<string>
  /** Undefined when there is no such object. */
  head(key: string): Promise<ObjectFacts | undefined>
  /** The bytes of just this version. @throws ObjectChanged, ObjectMissing */
  read(key: string, etag: string, signal?: AbortSignal): Promise<Readable>
  /** Stores a local file. */
  put(key: string, file: string, facts: { contentType: string }, signal?: AbortSignal): Promise<void>
  /**
   * Copies just the version that was checked, within the store.
   *
   * @throws ObjectChanged when other bytes have been put there since, ObjectMissing
   */
  copy(from: string, to: string, checked: CheckedObject, signal?: AbortSignal): Promise<void>
  /** What is not there is deleted too. */
  delete(key: string): Promise<void>
  /** In the order of the keys’ bytes, from the one after `after` on. */
  list(page: { prefix: string; after?: string; limit: number }): Promise<ListedObject[]>
  close(): void
}

export interface CheckedObject {
  etag: string
  /** Lower-case hexadecimal; of all its bytes. */
  sha256: string
  contentType: string
}

/** Other bytes than those that were asked for are there by now. */
export class ObjectChanged extends Error {
  override readonly name = 'ObjectChanged'
}

export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing'
}
