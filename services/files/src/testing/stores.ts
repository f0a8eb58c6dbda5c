import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type App } from '@slipway/service-kit'
import { allowNetwork } from '@slipway/testing'
import { fastify } from 'fastify'
import { diskStore } from '../store/disk-store.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { receiveUploadRoute } from '../store/receive-upload.route.ts'
import { s3Store } from '../store/s3-store.ts'
import { sendObjectRoute } from '../store/send-object.route.ts'
import { testBucket } from './s3.ts'

export interface TestStore {
  store: ObjectStore
  stop(): Promise<void>
}

/** The disk store behind a server with its routes alone. */
export async function openDiskStore(): Promise<TestStore & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'disk-store-'))
  const app = fastify() as unknown as App
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  await app.close()

  const url = `http://127.0.0.1:${port}`
  const server = fastify() as unknown as App
  const disk = diskStore({ dir, secret: 'x'.repeat(32), url: `${url}/store`, clock: systemClock })
  await server.register(receiveUploadRoute, { deps: { disk } })
  await server.register(sendObjectRoute, { deps: { disk } })
  await server.listen({ host: '127.0.0.1', port })
  const close = allowNetwork(url)
  return {
    store: disk,
    dir,
    async stop() {
      await server.close()
      close()
      await rm(dir, { recursive: true })
    },
  }
}

export async function openS3Store(): Promise<TestStore> {
  const bucket = await testBucket()
  if (!bucket) throw new Error('TEST_S3_ENDPOINT names no S3 server')
  const store = s3Store(bucket.settings, systemClock)
  return {
    store,
    async stop() {
      store.close()
      bucket.close()
    },
  }
}

/** The disk store, and S3 where TEST_S3_ENDPOINT names a server. */
export const stores: readonly [name: string, open: () => Promise<TestStore>][] = [
  ['disk', openDiskStore],
  ...(process.env['TEST_S3_ENDPOINT'] ? [['S3', openS3Store] as [string, () => Promise<TestStore>]] : []),
]
