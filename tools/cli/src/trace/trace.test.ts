import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredSpan } from '@slipway/observability'
import { expect, onTestFinished, test, vi } from 'vitest'
import { traceCommand } from './command.ts'

const traceId = 'a'.repeat(32)
const epoch = Date.UTC(2030, 0, 1) * 1_000

const span = (spanId: string, parentId: string, service: string, more: Partial<StoredSpan>): StoredSpan => ({
  traceId,
  spanId,
  ...(parentId && { parentId }),
  service,
  name: spanId,
  kind: 'internal',
  startedAt: epoch,
  duration: 1_000,
  failed: false,
  attributes: {},
  ...more,
})
const statement = { kind: 'client', name: 'SELECT', attributes: { 'db.system.name': 'postgresql' } } as const

const acquiring = [
  span('pay', 'browser', 'acquiring', {
    name: 'POST /acquiring/v1/payments',
    kind: 'server',
    duration: 40_000,
    attributes: { 'http.response.status_code': 201, 'url.path': '/acquiring/v1/payments' },
  }),
  span('s1', 'pay', 'acquiring', { ...statement, startedAt: epoch + 1_000 }),
  span('s2', 'pay', 'acquiring', { ...statement, startedAt: epoch + 2_000, duration: 2_500 }),
  span('call', 'pay', 'acquiring', {
    name: 'POST /internal/v1/carts/:cartId/checkout',
    kind: 'client',
    startedAt: epoch + 5_000,
    duration: 9_000,
    attributes: { 'peer.service': 'cart', 'http.response.status_code': 200 },
  }),
]
const cart = [
  span('answer', 'call', 'cart', {
    name: 'POST /cart/internal/v1/carts/:cartId/checkout',
    kind: 'server',
    startedAt: epoch + 6_000,
    duration: 7_000,
    attributes: { 'http.response.status_code': 200, 'url.path': '/cart/internal/v1/carts/c-000001/checkout' },
  }),
  span('emit', 'answer', 'cart', { name: 'emit cart.cart.checked-out.v1', kind: 'producer', startedAt: epoch + 7_000 }),
  span('job', 'emit', 'cart', {
    name: 'process tell',
    kind: 'consumer',
    startedAt: epoch + 60_000,
    duration: 3_000,
    failed: true,
    attributes: { 'slipway.outcome': 'retry' },
  }),
]

function folderWith(files: Record<string, readonly StoredSpan[]>, torn = '') {
  const folder = mkdtempSync(join(tmpdir(), 'traces-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, spans] of Object.entries(files))
    writeFileSync(join(folder, name), spans.map((each) => `${JSON.stringify(each)}\n`).join('') + torn)
  return folder
}

async function run(...args: string[]) {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const code = await traceCommand(args)
  return { code, output: write.mock.calls.map(([text]) => String(text)).join('') }
}

const shown = `Trace ${traceId}, 2030-01-01T00:00:00.000Z, 63.0 ms through acquiring, cart

   at ms     ms
     0.0   40.0  acquiring POST /acquiring/v1/payments 201 (2, 3.5 ms in SQL)
     5.0    9.0    acquiring -> cart POST /internal/v1/carts/:cartId/checkout 200
     6.0    7.0      cart POST /cart/internal/v1/carts/:cartId/checkout 200
     7.0    1.0        cart emit cart.cart.checked-out.v1
    60.0    3.0          cart process tell retry FAILED

service       requests            calls               jobs                statements          events
acquiring     1, 40.0 ms          1, 9.0 ms           -                   2, 3.5 ms           0
cart          1, 7.0 ms           -                   1, 3.0 ms           -                   1
`

test('a trace is a tree over all services, and what each did in numbers', async () => {
  const folder = folderWith({
    'cart.1.jsonl': cart.slice(0, 2),
    'cart.jsonl': cart.slice(2),
    'acquiring.jsonl': acquiring,
  })
  expect(await run(traceId, '--dir', folder)).toEqual({ code: 0, output: shown })
})

test('anything that a span mentions finds its trace, and a line that is half written does no harm', async () => {
  const other = span('x', '', 'cart', { traceId: 'b'.repeat(32) })
  const folder = folderWith({ 'cart.jsonl': [...cart, other], 'acquiring.jsonl': acquiring }, `{"traceId":"c-000001`)
  expect(await run('c-000001', '--dir', folder)).toEqual({ code: 0, output: shown })
})

test('--json gives the spans themselves', async () => {
  const folder = folderWith({ 'cart.jsonl': cart })
  const { output } = await run(traceId, '--dir', folder, '--json')
  expect(JSON.parse(output)).toEqual([cart])
})

test.each([
  ['no id', [], 2, 'One id is needed'],
  ['an id that is none', ['../../x'], 2, 'One id is needed'],
  ['an unknown option', ['--all'], 2, "Unknown option '--all'"],
  ['a folder that is not there', [traceId, '--dir', '/nowhere'], 1, '/nowhere holds no traces'],
])('%s is said', async (_what, args, code, sentence) => {
  const answer = await run(...args)
  expect(answer).toEqual({ code, output: expect.stringContaining(sentence) })
})

test('a trace that is not kept is said', async () => {
  const folder = folderWith({ 'cart.jsonl': cart })
  expect(await run('d'.repeat(32), '--dir', folder)).toEqual({
    code: 1,
    output: expect.stringContaining(`No trace in ${folder} mentions dddd`),
  })
})
