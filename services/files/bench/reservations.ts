import { tokenOf, user } from '@slipway/testing'
import { openWorld, percentile, seconds } from './world.ts'

/** `node services/files/bench/reservations.ts`: reservations a second over HTTP, and their times. */
const people = 60
const each = 80
const world = await openWorld()
const body = JSON.stringify({ purpose: 'document', filename: 'a.pdf', size: 1_000, contentType: 'application/pdf' })
const times: number[] = []

async function reserve(token: string, count: number) {
  for (let done = 0; done < count; done++) {
    const since = performance.now()
    const answer = await fetch(`${world.address}/files/v1/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    })
    await answer.arrayBuffer()
    if (answer.status !== 201) throw new Error(`${answer.status} instead of 201`)
    times.push(performance.now() - since)
  }
}

const tokens = await Promise.all(Array.from({ length: people }, () => tokenOf(user())))
await Promise.all(tokens.slice(0, 10).map((token) => reserve(token, 10))) // warm
times.length = 0
const since = performance.now()
await Promise.all(tokens.slice(10, 30).map((token) => reserve(token, each)))
const rate = times.length / seconds(since)
console.log(
  `${Math.round(rate)} reservations a second by 20 at once, client and PostgreSQL on the same machine; ` +
    `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`,
)
await world.close()
