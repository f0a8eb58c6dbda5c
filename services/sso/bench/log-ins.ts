import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { AddressInfo } from 'node:net'
import { migrateUp, TransactionPool } from '@slipway/database'
import { acquireTestPostgres } from '@slipway/testing'
import { Pool } from 'undici'
import { sso } from '../src/app.ts'

/**
 * How long `GET /sso/.well-known/jwks.json` takes while nothing else happens, and while 100 log-ins go on at once, over and
 * over: `node services/sso/bench/log-ins.ts [seconds]`. Wanted: a p99 under three times the idle one.
 */
const ms = Number(process.argv[2] ?? 8) * 1_000
const crowd = 100

if (isMainThread) await main()
else await crowdOfLogIns(workerData as { origin: string })

async function main() {
  const postgres = await acquireTestPostgres()
  const admin = new TransactionPool({ connectionString: postgres.adminUrl })
  admin.on('error', () => {}) // the server may stop before its last idle connection does
  const name = `bench_${randomUUID().slice(0, 8)}`
  await admin.query(`CREATE DATABASE ${name}`)
  const address = new URL(postgres.adminUrl)
  address.pathname = `/${name}`
  await migrateUp(address.href, sso.migrations)
  const built = await sso.build({
    DATABASE_URL: address.href,
    EVENTS_DATABASE_URL: address.href,
    PUBLIC_URL: 'http://bench.example',
    SSO_URL: 'http://bench.example/sso',
    TOKEN_ISSUER: 'http://bench.example/sso',
    FILES_URL: 'http://bench.example/files',
    CLIENT_SECRET: 'none is needed here',
    SIGNING_KEY_SECRET: randomUUID(),
    SEED_USERS: 'ann@example.com:violet-kettle-17-orbit:user',
    LOG_LEVEL: 'warn',
  })
  await built.app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${((built.app.server as Server).address() as AddressInfo).port}`
  const pool = new Pool(origin, { connections: 20 })

  await measure(pool, 2_000)
  const idle = await measure(pool, ms)
  const worker = new Worker(new URL(import.meta.url), { workerData: { origin } })
  await once(worker, 'message')
  const busy = await measure(pool, ms)
  worker.postMessage('stop')
  const [done] = (await once(worker, 'message')) as [number]
  console.log(`idle p99 ${idle.toFixed(1)} ms, with ${crowd} log-ins at once (${done} done) p99 ${busy.toFixed(1)} ms`)
  console.log(`${(busy / idle).toFixed(1)} times (wanted: under 3)`)

  await pool.close()
  await built.stop()
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await admin.end()
  await postgres.release()
}

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

async function crowdOfLogIns({ origin }: { origin: string }) {
  const pool = new Pool(origin, { connections: crowd })
  let [going, done] = [true, 0]
  parentPort!.once('message', () => (going = false))
  const body = JSON.stringify({ email: 'ann@example.com', password: 'violet-kettle-17-orbit' })
  const logIn = async () => {
    while (going) {
      const { statusCode, body: answer } = await pool.request({
        path: '/sso/v1/sessions',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      await answer.dump()
      if (statusCode === 201 && ++done === 1) parentPort!.postMessage('started')
    }
  }
  await Promise.all(Array.from({ length: crowd }, logIn))
  await pool.close()
  parentPort!.postMessage(done)
}
