import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Pool } from 'undici'
import { acquireTestPostgres } from '../src/postgres/server.ts'
import { median } from './measure.ts'

/**
 * What telemetry costs: cart answers GET /cart/v1/products at full load with logs, traces and metrics on, and again with
 * all that can be turned off turned off, by turns in one run. `ROUNDS=9 SECONDS=5 node libs/testing/bench/telemetry.ts`
 * With REQUESTS=1000000 so many more follow with everything on, and the memory before and after is told.
 */
const rounds = Number(process.env['ROUNDS'] ?? 9)
const seconds = Number(process.env['SECONDS'] ?? 4)
const requests = Number(process.env['REQUESTS'] ?? 0)
const main = fileURLToPath(new URL('../../../services/cart/src/main.ts', import.meta.url))
const path = '/cart/v1/products?limit=20'

const postgres = await acquireTestPostgres()
const name = `bench_${randomUUID().replaceAll('-', '_')}`
const admin = new pg.Client(postgres.adminUrl)
await admin.connect()
await admin.query(`CREATE DATABASE ${name}`)
const databaseUrl = new URL(postgres.adminUrl)
databaseUrl.pathname = `/${name}`

/** Takes whatever a collector takes. */
const collector = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
}).listen(0, '127.0.0.1')
await once(collector, 'listening')
const portOf = (server: typeof collector) => (server.address() as AddressInfo).port

const base = {
  PATH: process.env['PATH'],
  NODE_ENV: 'development',
  PUBLIC_URL: 'http://localhost',
  SSO_URL: 'http://localhost/sso',
  TOKEN_ISSUER: 'http://localhost/sso',
  FILES_URL: 'http://localhost/files',
  CLIENT_SECRET: 'a client secret of the bench that nobody asks for',
  SEED_PRODUCTS: 'true',
  ROLE: 'api',
  DATABASE_URL: databaseUrl.href,
  EVENTS_DATABASE_URL: databaseUrl.href,
  MAX_EVENT_LOOP_DELAY_MS: '0',
}
const on = { ...base, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${portOf(collector)}`, METRICS_PORT: '0' }
const off = { ...base, LOG_LEVEL: 'silent', LOG_BODIES_RATIO: '0' }

interface Rate {
  perSecond: number
  perCpuSecond: number
}

class Cart {
  readonly #process: ChildProcess
  readonly #pool: Pool
  logged = 0

  private constructor(child: ChildProcess, port: number) {
    this.#process = child
    child.stdout!.on('data', (data: Buffer) => (this.logged += data.length))
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { connections: 20 })
  }

  static async start(env: Record<string, string | undefined>): Promise<Cart> {
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const port = portOf(free)
    free.close()
    await once(free, 'close')
    const child = spawn(process.execPath, [main], {
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    process.once('exit', () => child.kill('SIGKILL')) // also when something failed here
    const cart = new Cart(child, port)
    while (!(await cart.#get('/cart/health/ready').catch(() => false)))
      await new Promise((resolve) => setTimeout(resolve, 50))
    return cart
  }

  async #get(url: string): Promise<boolean> {
    const { statusCode, body } = await this.#pool.request({ method: 'GET', path: url })
    await body.dump()
    return statusCode === 200
  }

  /** Requests answered until there is an end, 20 at once. */
  async load(ended: (answered: number) => boolean): Promise<number> {
    let answered = 0
    const one = async () => {
      while (!ended(answered)) {
        if (!(await this.#get(path))) throw new Error('An answer was not 200')
        answered++
      }
    }
    await Promise.all(Array.from({ length: 20 }, one))
    return answered
  }

  /** Requests answered in a second, and in a second of its processor: the latter tells also on a busy machine. */
  async rate(): Promise<Rate> {
    const startedAt = performance.now()
    const cpu = this.#cpuSeconds()
    const answered = await this.load(() => performance.now() - startedAt > seconds * 1_000)
    return {
      perSecond: (answered * 1_000) / (performance.now() - startedAt),
      perCpuSecond: answered / (this.#cpuSeconds() - cpu),
    }
  }

  #cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }

  memoryMb(): number {
    const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8')) ?? []
    return Number(kb) / 1_024
  }

  async stop() {
    await this.#pool.close()
    this.#process.kill('SIGTERM')
    await once(this.#process, 'exit')
  }
}

const migrate = spawn(process.execPath, [main, 'migrate', 'up'], { env: base, stdio: ['ignore', 'ignore', 'inherit'] })
await once(migrate, 'exit')
const carts = { on: await Cart.start(on), off: await Cart.start(off) }
const rates = { on: [] as Rate[], off: [] as Rate[] }
await carts.on.rate()
await carts.off.rate()
for (let round = 0; round < rounds; round++) {
  for (const way of round % 2 ? (['off', 'on'] as const) : (['on', 'off'] as const))
    rates[way].push(await carts[way].rate())
}
for (const unit of ['perSecond', 'perCpuSecond'] as const) {
  const [on, off] = [rates.on, rates.off].map((those) => median(those.map((rate) => rate[unit]))) as [number, number]
  const ratios = rates.on.map((rate, round) => rate[unit] / rates.off[round]![unit])
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
  console.log(`${unit}: on ${on.toFixed(0)}, off ${off.toFixed(0)}; on / off ${median(ratios).toFixed(2)} (${range})`)
}
if (requests > 0) {
  const before = { memory: carts.on.memoryMb(), logged: carts.on.logged }
  const curve = new Map<number, string>()
  await carts.on.load((answered) => {
    const tenth = Math.floor((answered / requests) * 10)
    if (!curve.has(tenth)) curve.set(tenth, carts.on.memoryMb().toFixed(0))
    return answered >= requests
  })
  const bytes = (carts.on.logged - before.logged) / requests
  console.log(`${requests} requests: ${before.memory.toFixed(0)} MB before, ${carts.on.memoryMb().toFixed(0)} MB after`)
  console.log(`at each tenth of them: ${[...curve.values()].join(', ')} MB`)
  console.log(`${bytes.toFixed(0)} bytes of log a request`)
}
await Promise.all([carts.on.stop(), carts.off.stop()])
collector.close()
await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
await admin.end()
await postgres.release()
