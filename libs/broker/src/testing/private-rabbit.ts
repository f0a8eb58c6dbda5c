import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import getPort from 'get-port'
import { pause } from '../backoff.ts'
import { openOperator } from './operator.ts'

const run = promisify(execFile)
/** Debian's own comes first: the one on its PATH changes user and forgets the environment. */
const folders = ['/usr/lib/rabbitmq/bin', ...(process.env['PATH'] ?? '').split(delimiter), '/opt/rabbitmq/sbin']
const startMs = 120_000

/** Where RabbitMQ's programs are; undefined when it is not installed. */
export const rabbitFolder = () => folders.find((folder) => existsSync(join(folder, 'rabbitmq-server')))

/** A RabbitMQ node of the test's own, which it may mistreat. */
export class PrivateRabbit implements AsyncDisposable {
  readonly url: string
  readonly #programs: string
  readonly #home: string
  readonly #environment: Record<string, string | undefined>
  readonly #onExit = () => void this.#process?.kill('SIGKILL')
  #process: ChildProcess | undefined

  private constructor(programs: string, home: string, port: number, distPort: number) {
    this.#programs = programs
    this.#home = home
    this.url = `amqp://guest:guest@127.0.0.1:${port}`
    this.#environment = {
      ...process.env,
      HOME: home, // the Erlang cookie
      RABBITMQ_NODENAME: `slipway-${randomBytes(4).toString('hex')}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distPort),
      RABBITMQ_MNESIA_BASE: join(home, 'data'),
      RABBITMQ_LOG_BASE: join(home, 'log'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'plugins'),
      RABBITMQ_CONF_ENV_FILE: join(home, 'env'),
      RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq'),
      RUNNING_UNDER_SYSTEMD: 'true', // becomes the node instead of watching over it: signals reach it
    }
    process.once('exit', this.#onExit)
  }

  static async start(): Promise<PrivateRabbit> {
    const programs = rabbitFolder()
    if (!programs) throw new Error('rabbitmq-server is not installed')
    const home = await mkdtemp(join(tmpdir(), 'slipway-rabbit-'))
    await Promise.all([
      writeFile(join(home, 'plugins'), '[].'),
      writeFile(join(home, 'env'), ''),
      writeFile(join(home, 'rabbitmq.conf'), 'log.console = false\n'),
    ])
    const [port, distPort] = await Promise.all([getPort({ host: '127.0.0.1' }), getPort({ host: '127.0.0.1' })])
    const rabbit = new PrivateRabbit(programs, home, port, distPort)
    await rabbit.start()
    return rabbit
  }

  /** Resolves when it takes connections. */
  async start(): Promise<void> {
    const child = spawn(join(this.#programs, 'rabbitmq-server'), { env: this.#environment, stdio: 'ignore' })
    this.#process = child
    const deadline = performance.now() + startMs
    for (;;) {
      if (child.exitCode !== null) throw new Error(`RabbitMQ ended with ${child.exitCode}: see ${this.#home}/log`)
      try {
        await using _ = await openOperator(this.url)
        return
      } catch (error) {
        if (performance.now() > deadline) throw error
        await pause(50)
      }
    }
  }

  /** Orderly with SIGTERM, as a power cut with SIGKILL. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  async control(...command: string[]): Promise<void> {
    await run(join(this.#programs, 'rabbitmqctl'), command, { env: this.#environment })
  }

  async [Symbol.asyncDispose]() {
    process.off('exit', this.#onExit)
    await this.stop('SIGKILL')
    await rm(this.#home, { recursive: true, force: true })
  }
}
