import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, onTestFinished, test } from 'vitest'
import { countingIds, observe } from './testing/observe.ts'
import { TraceFiles } from './trace-files.ts'

function scratch() {
  const parent = mkdtempSync(join(tmpdir(), 'traces-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'traces')
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('finished spans are lines of a private file, each with its parent', async () => {
  const folder = scratch()
  const { observability } = observe({ TRACE_DIR: folder }, { ids: countingIds() })
  await observability
    .span('pay', { attributes: { 'cart.id': 'c-1' } }, () =>
      observability.span('charge', {}, () => Promise.reject(new Error('no'))),
    )
    .catch(() => {})
  await observability.close()

  const [charge, pay] = linesOf(join(folder, 'cart.jsonl'))
  const times = { startedAt: expect.any(Number), duration: expect.any(Number) }
  const common = { traceId: expect.stringMatching(/^[\da-f]{32}$/), service: 'cart', kind: 'internal', ...times }
  expect(pay).toEqual({
    ...common,
    spanId: expect.any(String),
    name: 'pay',
    failed: true,
    attributes: { 'cart.id': 'c-1' },
  })
  expect(charge).toEqual({
    ...common,
    spanId: expect.any(String),
    parentId: pay?.['spanId'],
    name: 'charge',
    failed: true,
    attributes: {},
  })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'cart.jsonl')).mode & 0o777).toBe(0o600)
})

test('no more is kept than two files of the size', async () => {
  const folder = scratch()
  const files = new TraceFiles({ folder, service: 'cart', maxBytes: 2_000 })
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(files)] }).getTracer('test')
  for (let count = 0; count < 100; count++) tracer.startSpan(`span ${count}`).end()
  await files.shutdown()
  expect(readdirSync(folder).sort()).toEqual(['cart.1.jsonl', 'cart.jsonl'])
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(2_000)
  expect(linesOf(join(folder, 'cart.jsonl')).at(-1)).toMatchObject({ name: 'span 99' })
})

test('a folder that cannot be written costs the spans and nothing else', async () => {
  const { observability } = observe({ TRACE_DIR: '/dev/null/traces' })
  expect(await observability.span('pay', {}, () => 'paid')).toBe('paid')
  await observability.close()
})
