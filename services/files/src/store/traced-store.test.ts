import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables, type SpanProcessor } from '@slipway/observability'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { stores } from '../testing/stores.ts'
import { objectKey, objects } from './keys.ts'
import { tracedStore } from './traced-store.ts'

type Finished = Parameters<SpanProcessor['onEnd']>[0]

test.for(stores)('each question to %s is a span of the work that asks', async ([name, open]) => {
  const spans: Finished[] = []
  const keep = (span: Finished) => void spans.push(span)
  const { span } = createObservability({
    service: 'files',
    version: '0',
    settings: readSettings(Type.Object(observabilityVariables), {}),
    spanProcessors: [{ onStart() {}, onEnd: keep, forceFlush: async () => {}, shutdown: async () => {} }],
  })
  const system = name === 'disk' ? 'disk' : 's3'
  const opened = await open()
  const store = tracedStore(opened.store, system, { span })
  const folder = await mkdtemp(join(tmpdir(), 'traced-'))
  const file = join(folder, 'hello')
  await writeFile(file, 'hello')
  const key = objectKey(randomUUID(), randomUUID())

  await span('check', {}, async () => {
    await store.put(key, file, { contentType: 'text/plain' })
    const { etag } = (await store.head(key))!
    ;(await store.read(key, etag)).destroy()
    await store.list({ prefix: objects, limit: 1 })
    await store.delete(key)
    await expect(store.read(key, etag)).rejects.toThrow()
  })
  await opened.stop()
  await rm(folder, { recursive: true })

  const work = spans.pop()!
  expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
    [`${system} put`, 0],
    [`${system} head`, 0],
    [`${system} read`, 0],
    [`${system} list`, 0],
    [`${system} delete`, 0],
    [`${system} read`, 2],
  ])
  for (const { parentSpanContext } of spans) expect(parentSpanContext?.spanId).toBe(work.spanContext().spanId)
  expect(spans[0]?.attributes).toMatchObject({ 'object.store.operation': 'put', 'object.store.key': key })
})
