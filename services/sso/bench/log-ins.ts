import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Pool } from 'undici'

/**
 * How long `GET /sso/.well-known/jwks.json` takes while nothing else happens, and while 100 log-ins go on at once, over and
 * over: `node services/sso/bench/log-ins.ts [seconds]`. SSO and the crowd are processes of their own. Wanted: a p99 under
 * three times the idle one.
 */
const ms = Number(process.argv[2] ?? 8) * 1_000
const crowd = 100

const server = fork(new URL('server.ts', import.meta.url))
const [origin] = (await once(server, 'message')) as [string]
const pool = new Pool(origin, { connections: 20 })

await measure(pool, 2_000)
const idle = await measure(pool, ms)
const people = fork(new URL('crowd.ts', import.meta.url), [origin, String(crowd)])
await once(people, 'message')
const busy = await measure(pool, ms)
people.send('stop')
const [done] = (await once(people, 'message')) as [number]
console.log(`idle p99 ${idle.toFixed(1)} ms, with ${crowd} log-ins at once (${done} done) p99 ${busy.toFixed(1)} ms`)
console.log(`${(busy / idle).toFixed(1)} times (wanted: under 3)`)

await pool.close()
server.disconnect()
await once(server, 'exit')

/** p99 in milliseconds of a request every 20 ms, each begun when it is time, however late the one before is. */
async function measure(pool: Pool, durationMs: number): Promise<number> {
  const times: number[] = []
  const asked: Promise<void>[] = []
  const startedAt = performance.now()
  for (let at = 0; at < durationMs; at += 20) {
    while (performance.now() - startedAt < at) await new Promise((resolve) => setTimeout(resolve, 1))
    const began = performance.now()
    const ask = async () => {
      const { body } = await pool.request({ path: '/sso/.well-known/jwks.json', method: 'GET' })
      await body.dump()
      times.push(performance.now() - began)
    }
    asked.push(ask())
  }
  await Promise.all(asked)
  return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)]!
}
