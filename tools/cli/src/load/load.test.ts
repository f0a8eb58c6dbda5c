import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { loadCommand } from './command.ts'
import { pastKnee } from './knee.ts'
import type { StageResult } from './measurements.ts'
import { readOptions } from './options.ts'
import { runStage } from './run-stage.ts'

const none = { count: 0, p50: 0, p99: 0 }
const fine: StageResult = {
  ...{ offered: 10, achieved: 10, failed: 0, turnedAway: 0, eventLag: none, byRequest: {}, errors: {} },
  visits: { count: 100, p50: 5, p99: 9 },
  requests: { count: 500, p50: 1, p99: 3, perSecond: 50 },
}

test.each<[name: string, result: Partial<StageResult>, reason: string | undefined]>([
  ['all carried in time', {}, undefined],
  ['one failure in a hundred', { failed: 1 }, undefined],
  ['more failures', { failed: 2 }, '2 of 102 visits failed'],
  ['nobody free', { turnedAway: 3 }, '3 visits could not start: all shoppers were busy'],
  ['less carried than offered', { achieved: 8.5 }, '8.5 of 10 visits a second were carried'],
  ['slow', { requests: { ...fine.requests, p99: 101 } }, 'the slowest of 100 requests took 101 ms'],
])('past the knee: %s', (_name, result, reason) => {
  expect(pastKnee({ ...fine, ...result }, 100)).toBe(reason)
})

test.each([
  [['--profile', 'storm'], '--profile is one of smoke, ramp, spike, soak'],
  [['--route', '/cart'], '--route is a method and a path: "GET /cart/v1/products"'],
  [['--rate', '0'], '--rate is a number above 0'],
  [['--users', 'many'], '--users is a number above 0'],
])('wrong options are named: %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message)
})

test('visits start at their rate even while earlier ones hang, and nobody makes two at once', async () => {
  let running = 0
  const atOnce: number[] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const visit = async () => {
    atOnce.push(++running)
    if (atOnce.length === 10) open()
    await gate
    running--
  }
  const result = await runStage(
    { rate: 100, seconds: 0.12 },
    Array.from({ length: 10 }, () => () => visit()),
  )
  expect(atOnce.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(result.visits.count + result.turnedAway).toBe(12)
})

/** Answers some requests in a second, and those beyond with 503. */
async function shop(perSecond: number): Promise<string> {
  let left = perSecond
  const refill = setInterval(() => (left = perSecond), 1_000)
  const server = createServer((_request, response) => {
    if (left-- > 0) response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    else response.writeHead(503, { 'content-type': 'application/problem+json' }).end('{"code":"OVERLOADED"}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    clearInterval(refill)
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function load(...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'load-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const printed: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  const report = join(folder, 'report.html')
  const code = await loadCommand([...args, '--report', report])
  return { code, printed: printed.join(''), html: () => readFileSync(report, 'utf8') }
}

test('a ramp ends at the knee, says what was wrong there, and draws it', async () => {
  const baseUrl = await shop(100)
  const route = ['--route', 'GET /menu?<b>']
  const { code, printed, html } = await load(
    ...['--base-url', baseUrl, '--profile', 'ramp', '--rate', '40', '--seconds', '1.5', ...route],
  )
  expect(printed).toMatch(/The knee is between (40|80) and (80|160) visits a second/)
  expect(printed).toMatch(/× GET \/menu\?<b>: 503 OVERLOADED/)
  expect(code).toBe(0)
  expect(html()).toContain('The knee is between')
  expect(html().match(/<polyline points="[\d., ]+"/g)).toHaveLength(9)
  expect(html()).not.toContain('<b>: 503')
})

test('what does not carry its load, or does not answer, is an error', async () => {
  const route = ['--base-url', await shop(1), '--route', 'GET /', '--rate', '20', '--seconds', '1']
  const smoke = await load(...route)
  expect(smoke).toMatchObject({ code: 1, printed: expect.stringMatching(/\d+ of 20 visits failed/) })
  const ramp = await load(...route, '--profile', 'ramp')
  expect(ramp).toMatchObject({ code: 1, printed: expect.stringContaining('Too much at 20 visits a second') })
  const away = await load('--base-url', 'http://127.0.0.1:9')
  expect(away).toMatchObject({ code: 1, printed: expect.stringMatching(/ECONNREFUSED\nIs the platform running/) })
})
