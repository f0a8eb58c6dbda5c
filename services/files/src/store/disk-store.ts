import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Clock } from '@slipway/service-kit'
import { Bounds } from './bounds.ts'
import { DiskFiles } from './disk-files.ts'
import { LinkExpired, SignatureInvalid, UploadRefused } from './errors.ts'
import type { ObjectStore } from './object-store.ts'
import { sign, verify, type Grant, type GrantKind } from './signatures.ts'

export interface DiskStoreOptions {
  dir: string
  secret: string
  /** Address of the service’s store routes, as browsers see it. */
  url: string
  clock: Clock
}

/** What the store routes need besides. */
export interface DiskStore extends ObjectStore {
  /** Stores what a form sent, if it is what was reserved. @throws SignatureInvalid, LinkExpired, UploadRefused */
  receive(fields: Readonly<Record<string, string>>, bytes: Readable): Promise<void>
  /** What a form allows. @throws SignatureInvalid, LinkExpired, UploadRefused */
  allowed(fields: Readonly<Record<string, string>>): Grant
  /** Where the object of a link is, and how to show it. @throws SignatureInvalid, LinkExpired */
  open(key: string, signed: { policy: string; signature: string }): { path: string; grant: Grant }
}

const leftoverMs = 24 * 3_600_000

/** Objects in a folder of one machine, behind signed forms and links with the bounds that S3 keeps. */
export function diskStore({ dir, secret, url, clock }: DiskStoreOptions): DiskStore {
  const files = new DiskFiles(dir)

  const granted = (kind: GrantKind, policy: string, signature: string) => {
    const grant = verify(secret, kind, policy, signature)
    if (!grant) throw new SignatureInvalid()
    if (grant.expires < clock.now().getTime()) throw new LinkExpired()
    return grant
  }

  const store: DiskStore = {
    async uploadForm({ key, size, contentType, sha256, expiresAt }) {
      const grant = { key, contentType, expires: expiresAt.getTime(), size, sha256 }
      const fields = { key, 'Content-Type': contentType, ...sign(secret, 'upload', grant) }
      return { method: 'POST', url: `${url}/uploads`, fields, expiresAt: expiresAt.toISOString() }
    },

    async downloadUrl({ key, contentType, filename, inline, expiresAt }) {
      const grant = { key, contentType, expires: expiresAt.getTime(), filename, inline }
      return `${url}/${key}?${new URLSearchParams(sign(secret, 'download', grant)).toString()}`
    },

    allowed({ policy = '', signature = '', key, 'Content-Type': contentType }) {
      const grant = granted('upload', policy, signature)
      if (key !== grant.key) throw new UploadRefused('The form is for another key', 403)
      if (contentType !== grant.contentType) throw new UploadRefused('The form is for another content type', 403)
      return grant
    },

    async receive(fields, bytes) {
      const { key, size = 0, sha256 } = store.allowed(fields)
      const bounds = new Bounds({ size, sha256 })
      await files.write(key, bytes, { through: [bounds], check: bounds.check })
    },

    open(key, { policy, signature }) {
      const grant = granted('download', policy, signature)
      if (grant.key !== key) throw new SignatureInvalid()
      return { path: files.pathOf(key), grant }
    },

    head: (key) => files.head(key),
    read: (key, etag) => files.read(key, etag),
    put: (key, file, _facts, signal) => files.write(key, createReadStream(file), { signal }),
    async copy(from, to, { etag }, signal) {
      await files.write(to, await files.read(from, etag), { signal })
    },
    delete: (key) => files.delete(key),
    async list({ prefix, after = '', limit }) {
      // a round through the store begins: what crashes left aside goes too
      if (after === '') await files.tidy(new Date(Date.now() - leftoverMs))
      return files.list(prefix, after, limit)
    },
    close() {},
  }
  return store
}
