import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateUp } from '@slipway/database'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@slipway/embedded-postgres'
import { environmentOf, services as listed, type ServiceEntry } from '@slipway/platform'
import getPort, { portNumbers } from 'get-port'
import pg from 'pg'
import { parts } from './parts.ts'
import type { Orders } from './points.ts'

const program = fileURLToPath(new URL('process.ts', import.meta.url))

/** Short waits, so that what a killed process had in hand is soon given to the next. */
const hasty = {
  LOG_LEVEL: 'warn',
  S2S_TIMEOUT_MS: '1000',
  REGISTRATIONS_PER_MINUTE: '100000',
  MAX_EVENT_LOOP_DELAY_MS: '0', // how busy the machine is must not decide
}

/** A port at which nothing listens: neighbours that no checkout needs. */
const nobody = 9

/** Every service of a checkout as a process of its own, on a database server that outlives them. */
export class Town {
  readonly #postgres: EmbeddedPostgres
  readonly #folder: string
  readonly #ports: ReadonlyMap<string, number>
  readonly #processes = new Map<string, Launched>()

  private constructor(postgres: EmbeddedPostgres, folder: string, ports: ReadonlyMap<string, number>) {
    this.#postgres = postgres
    this.#folder = folder
    this.#ports = ports
  }

  static async open(): Promise<Town> {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-town-'))
    const postgres = await startEmbeddedPostgres({
      dataDir: join(folder, 'postgres'),
      durable: false,
      password: 'town',
    })
    const ports = new Map<string, number>()
    await postgres.createDatabase('events')
    for (const [name, load] of Object.entries(parts)) {
      const { migrations } = await load()
      ports.set(name, await freePort())
      await postgres.createDatabase(name)
      await migrateUp(postgres.url(name), migrations)
    }
    const town = new Town(postgres, folder, ports)
    await Promise.all([...ports.keys()].map((name) => town.start(name)))
    return town
  }

  /** Address of what a path belongs to. */
  at = (path: string) => `http://127.0.0.1:${this.#ports.get(path.split('/', 2)[1] ?? '') ?? nobody}${path}`

  /** A service in a new process, which dies at `killAt`; one that runs already is stopped first. */
  async start(name: string, killAt?: string): Promise<Launched> {
    await this.#processes.get(name)?.stop()
    const launched = new Launched(this.#orders(name, killAt))
    this.#processes.set(name, launched)
    await launched.up
    return launched
  }

  async rows<Row extends object>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.#postgres.url(database) })
    await client.connect()
    try {
      return (await client.query<Row>(sql, values)).rows
    } finally {
      await client.end()
    }
  }

  /** Of a service, by which it proves itself. */
  secret = (name: string) => `secret-of-${name.toLowerCase()}-0123456789`

  async close() {
    await Promise.all([...this.#processes.values()].map((each) => each.stop()))
    await this.#postgres.stop()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }

  #orders(name: string, killAt?: string): Orders {
    const entry = listed.find((each) => each.name === name)!
    return { killAt, services: [{ name, port: this.#ports.get(name)!, environment: this.#environment(entry) }] }
  }

  #environment(entry: ServiceEntry): Record<string, string> {
    const { PATH = '', HOME = '' } = process.env
    return {
      ...{ PATH, HOME, NODE_ENV: 'test', ...hasty },
      ...environmentOf(entry, {
        production: false,
        publicUrl: this.at('/sandbox-bank').replace(/\/sandbox-bank$/, ''),
        address: (name) => this.at(`/${name}`),
        secret: this.secret,
        database: (name) => ({ DATABASE_URL: this.#postgres.url(name) }),
        events: () => ({ EVENTS_DATABASE_URL: this.#postgres.url('events') }),
        objects: () => ({
          DISK_STORE_DIR: join(this.#folder, 'objects'),
          DISK_STORE_SECRET: this.secret('DISK_STORE_SECRET'),
        }),
      }),
    }
  }
}

class Launched {
  readonly #child: ChildProcess
  said = ''
  /** The signal or the code that it ended with. */
  readonly ended: Promise<string | number>
  /** It answers and works. @throws with what it said when it ends instead */
  readonly up: Promise<void>

  constructor(orders: Orders) {
    this.#child = spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.ended = once(this.#child, 'close').then(([code, signal]) => (signal ?? code) as string | number)
    this.up = new Promise((resolve, reject) => {
      for (const stream of [this.#child.stdout!, this.#child.stderr!])
        stream.on('data', (data: Buffer) => {
          this.said += data.toString()
          if (this.said.includes('up\n')) resolve()
        })
      void this.ended.then((how) => reject(new Error(`It ended with ${how}:\n${this.said}`)))
    })
    this.up.catch(() => {}) // whoever waits hears of it
  }

  async stop() {
    this.#child.kill('SIGTERM')
    await this.ended
  }
}

/** Below those that systems give to outgoing connections: one of these would take it while a service is down. */
const freePort = () =>
  getPort({ host: '127.0.0.1', port: portNumbers(20_000 + Math.floor(Math.random() * 10_000), 32_000) })
