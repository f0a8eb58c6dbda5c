import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import type { Environment } from '@slipway/config'
import getPort from 'get-port'
import type { DevDoor } from './dev-door.ts'

interface About {
  name: string
  environment: Environment
  door: DevDoor
  log: (line: string) => void
}

/** One service in a process of its own. The one before answers until the new one is ready, or goes on if it never is. */
export class ServiceProcess {
  readonly #about: About
  #current: ChildProcess | undefined
  /** Every process that has not ended, those that are just starting too. */
  readonly #children = new Set<ChildProcess>()
  #stopped = false
  #under: Promise<void> | undefined
  #again = false

  constructor(about: About) {
    this.#about = about
  }

  /** Files that are saved while a process starts bring one more after it. */
  replace({ migrate }: { migrate: boolean }): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    this.#again = this.#under !== undefined
    return (this.#under ??= this.#start(migrate).finally(() => {
      this.#under = undefined
      if (this.#again) return this.replace({ migrate })
    }))
  }

  async stop() {
    this.#stopped = true
    await Promise.all([...this.#children].map((child) => end(child)))
  }

  async #start(migrate: boolean) {
    const { name, door, log } = this.#about
    const startedAt = performance.now()
    if (migrate) await this.#migrate()
    const port = await getPort({ host: '127.0.0.1' })
    const child = this.#spawn([], port)
    if (!(await isReady(child, `http://127.0.0.1:${port}/${name}/health/live`))) {
      await end(child)
      if (this.#stopped) return
      return log(`${name} does not start: what is wrong stands above${this.#current ? '; the one before goes on' : ''}`)
    }
    const before = this.#current
    this.#current = child
    door.lead(name, port)
    child.once('exit', (code) => {
      if (this.#current === child && code !== 0 && code !== null)
        log(`${name} ended with ${code}: save a file of it to start it again`)
    })
    log(`${name} is ${before ? 'new' : 'there'} after ${Math.round(performance.now() - startedAt)} ms`)
    void end(before)
  }

  async #migrate() {
    const child = this.#spawn(['migrate', 'up'], 0)
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) this.#about.log(`migrations of ${this.#about.name} failed`)
  }

  #spawn(args: readonly string[], port: number) {
    const { name, environment } = this.#about
    const main = fileURLToPath(new URL(`../../../../services/${name}/src/main.ts`, import.meta.url))
    const cache = fileURLToPath(new URL('../../../../node_modules/.cache/compile', import.meta.url))
    const child = spawn(process.execPath, ['--max-semi-space-size=4', main, ...args], {
      stdio: ['ignore', args.length > 0 ? 'ignore' : 'inherit', 'inherit'],
      env: {
        ...environment,
        HOST: '127.0.0.1',
        PORT: String(port),
        METRICS_PORT: undefined,
        NODE_COMPILE_CACHE: cache,
      },
    })
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    return child
  }
}

async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return true
    await pause(25)
  }
  return false
}

/** As a container is stopped; by force when that takes longer than a developer waits. */
async function end(child?: ChildProcess) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(force)
}
