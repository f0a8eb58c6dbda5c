import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { Type } from 'typebox'
import { Pool } from 'undici'
import { S2SClient } from '../src/s2s-client.ts'

/**
 * A call by `S2SClient` with everything on (token, breaker, validation, span, metric, log line) against undici’s `request`
 * with a retry, a timeout and one log line by hand, in turns: `node libs/s2s/bench/call.ts [seconds of a round]`. Wanted: 0.9.
 */
const roundMs = Number(process.argv[2] ?? 2) * 1_000
const rounds = 7
const inFlight = 16

const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)))
const [{ port }] = (await once(child, 'message')) as [{ port: number }]
const origin = `http://127.0.0.1:${port}`
const nowhere = createWriteStream('/dev/null')
const destination = { write: (line: string) => void nowhere.write(line) }

const Answer = Type.Object({
  cartId: Type.String(),
  version: Type.Integer(),
  total: Type.Object({ amount: Type.Integer(), currency: Type.String() }),
  items: Type.Array(Type.Unknown()),
})
const body = { paymentId: '0196a3b0-0000-7000-8000-000000000001' }

class Neighbour extends S2SClient {
  checkout = () =>
    this.post('/v1/carts/:id/checkout', {
      params: { id: '1' },
      body,
      idempotencyKey: body.paymentId,
      response: Answer,
    })
}

const settings = readSettings(Type.Object(observabilityVariables), {})
const observability = createObservability({ service: 'bench', version: '0', settings, destination })
const tokens = { service: () => 'a token', exchanged: () => 'a token', invalidate: () => true }
const client = new Neighbour({ name: 'cart', baseUrl: origin, observability, tokens })

const pool = new Pool(origin, { connections: 100 })
async function byHand() {
  for (let attempt = 1; ; attempt++) {
    const startedAt = performance.now()
    try {
      const { statusCode, body: answer } = await pool.request({
        path: '/v1/carts/1/checkout',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer a token',
          'idempotency-key': body.paymentId,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(5_000),
      })
      const found = await answer.json()
      const ms = performance.now() - startedAt
      destination.write(`${JSON.stringify({ to: 'cart', statusCode, ms, attempt, body, found })}\n`)
      if (statusCode < 500) return found
      if (attempt > 2) throw new Error(String(statusCode))
    } catch (error) {
      if (attempt > 2) throw error
    }
  }
}

/** Calls in a second, and the microseconds of processor that each took here. */
async function load(call: () => Promise<unknown>, ms: number) {
  const [until, before] = [performance.now() + ms, process.cpuUsage()]
  let calls = 0
  const ask = async () => {
    for (; performance.now() < until; calls++) await call()
  }
  await Promise.all(Array.from({ length: inFlight }, ask))
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (calls * 1_000) / ms, cpuMicros: (user + system) / calls }
}

const kinds = { ours: client.checkout, hand: byHand }
for (const call of Object.values(kinds)) await load(call, roundMs)
const ratios: { rate: number; cpu: number }[] = []
for (let round = 0; round < rounds; round++) {
  const order = round % 2 ? (['hand', 'ours'] as const) : (['ours', 'hand'] as const)
  const measured = { ours: { perSecond: 0, cpuMicros: 0 }, hand: { perSecond: 0, cpuMicros: 0 } }
  for (const kind of order) measured[kind] = await load(kinds[kind], roundMs)
  const { ours, hand } = measured
  ratios.push({ rate: ours.perSecond / hand.perSecond, cpu: hand.cpuMicros / ours.cpuMicros })
  const shown = ({ perSecond, cpuMicros }: typeof ours) => `${perSecond.toFixed(0)}/s ${cpuMicros.toFixed(0)} µs`
  console.log(`ours ${shown(ours)}   by hand ${shown(hand)}`)
}
const median = (values: number[]) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!
console.log(`calls in a second ${median(ratios.map(({ rate }) => rate)).toFixed(2)} of by hand (wanted: 0.9)`)
console.log(`by processor time ${median(ratios.map(({ cpu }) => cpu)).toFixed(2)}, which other programs disturb less`)

await Promise.all([client.close(), pool.close()])
child.disconnect()
await once(child, 'exit')
