import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** The all-in-one as a process of its own, as a user starts it. */
export class Platform {
  readonly process: ChildProcess
  output = ''

  private constructor(args: string[], env: NodeJS.ProcessEnv) {
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
    this.process = spawn(process.execPath, [main, ...args], {
      // how busy the machine is must not decide
      env: { PATH, HOME, NODE_COMPILE_CACHE, MAX_EVENT_LOOP_DELAY_MS: '0', ...env },
    })
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (data: Buffer) => (this.output += data.toString()))
    }
  }

  /** Started, but not necessarily up: see `ready` and `exit`. */
  static launch({
    dataDir,
    port = 0,
    args = [],
    env = {},
  }: {
    dataDir: string
    port?: number
    args?: string[]
    env?: NodeJS.ProcessEnv
  }) {
    return new Platform(['--port', String(port), '--data-dir', dataDir, ...args], env)
  }

  static async start(options: Parameters<typeof Platform.launch>[0]): Promise<Platform> {
    const platform = Platform.launch(options)
    await platform.ready()
    return platform
  }

  /** Address, once it is ready. @throws with its output when it ends instead */
  async ready(): Promise<string> {
    for (;;) {
      const [, url] = /Everything +(\S+)/.exec(this.output) ?? []
      if (url) return url
      if (this.process.exitCode !== null) throw new Error(`It ended with ${this.process.exitCode}:\n${this.output}`)
      const heard = new AbortController()
      const options = { signal: heard.signal }
      await Promise.race([
        once(this.process, 'exit', options),
        once(this.process.stdout!, 'data', options),
        once(this.process.stderr!, 'data', options),
      ]).finally(() => heard.abort())
    }
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null
  }

  async exit(): Promise<number | null> {
    if (this.isRunning) await once(this.process, 'close')
    return this.process.exitCode
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM') {
    this.process.kill(signal)
    return this.exit()
  }
}

/** A data folder for one test, gone afterwards; its path has a space. */
export function dataFolder() {
  const parent = mkdtempSync(join(tmpdir(), 'slip way-'))
  const remove = () => rmSync(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  return { dataDir: join(parent, 'data'), remove }
}
