import { afterAll, expect, test } from 'vitest'
import { FrontDoor } from './front-door.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`

const door = await FrontDoor.open('127.0.0.1', 0)
const ask = (headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${door.port}/nowhere/at/all?token=secret`, { headers })
afterAll(() => door.drain(1_000))

test('what it answers itself is a problem with the trace of the caller, or with one of its own', async () => {
  const early = await ask()
  expect(early.headers.get('retry-after')).toBe('1')
  expect(await early.json()).toMatchObject({ status: 503, code: 'STARTING' })

  door.serve([])
  const answer = await ask({ traceparent })
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('x-trace-id')).toBe(traceId)
  expect(await answer.json()).toEqual({
    type: 'urn:problem:route-not-found',
    title: 'Not Found',
    status: 404,
    code: 'ROUTE_NOT_FOUND',
    detail: 'There is no such route',
    instance: '/nowhere/at/all',
    traceId,
  })
  for (const headers of [undefined, { traceparent: 'nonsense' }]) {
    const { traceId: own } = (await (await ask(headers)).json()) as { traceId: string }
    expect(own).toMatch(/^(?!0{32})[0-9a-f]{32}$/)
  }
})
