import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

interface Said {
  log?: string
  ready?: string
  failed?: string
  message?: string
}

/** Runs `supervisor.ts` as another process. */
export function supervise(role: 'start' | 'share' | 'lock', argument: string | object, options: SpawnOptions = {}) {
  const script = fileURLToPath(new URL('supervisor.ts', import.meta.url))
  const text = typeof argument === 'string' ? argument : JSON.stringify(argument)
  const child = spawn(process.execPath, [script, role, text], { ...options, stdio: ['pipe', 'pipe', 'inherit'] })
  const said: Said[] = []
  const ended = once(child, 'close')
  createInterface({ input: child.stdout! }).on('line', (line) => {
    said.push(JSON.parse(line) as Said)
    child.emit('said')
  })

  /** The first line that has the member; fails when the process ends without it. */
  async function hear<Key extends keyof Said>(key: Key, text = ''): Promise<string> {
    for (;;) {
      const line = said.find((each) => each[key]?.includes(text))
      if (line) return line[key]!
      const over = await Promise.race([once(child, 'said'), ended.then(() => true as const)])
      if (over === true && !said.some((each) => each[key]?.includes(text))) {
        throw new Error(`It ended without "${key}": ${JSON.stringify(said)}`)
      }
    }
  }

  return {
    pid: child.pid!,
    ended,
    hear,
    /** Settles with whatever comes first. */
    outcome: () =>
      Promise.race([hear('ready').then((url) => ({ ready: url })), hear('failed').then((name) => ({ failed: name }))]),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.stdin!.end()
      await ended
    },
  }
}
