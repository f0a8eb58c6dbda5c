import {
  acquireSharedPostgres,
  lockFolder,
  startEmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type SharedPostgresOptions,
} from '../index.ts'

/** A process of its own for tests: does what it is told, says so in JSON lines, and stops cleanly when its stdin ends. */
const [role, argument] = process.argv.slice(2) as [string, string]
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const log = (line: string) => say({ log: line })

async function begin(): Promise<{ url: string; stop: () => Promise<void> | void }> {
  if (role === 'lock') return { url: '', stop: (await lockFolder(argument)).release }
  if (role === 'share') {
    const { home, ...options } = JSON.parse(argument) as SharedPostgresOptions & { home: string }
    const { adminUrl, release } = await acquireSharedPostgres(home, { ...options, log })
    return { url: adminUrl, stop: release }
  }
  const options = JSON.parse(argument) as EmbeddedPostgresOptions
  const { adminUrl, stop } = await startEmbeddedPostgres({ ...options, log })
  return { url: adminUrl, stop }
}

process.stdin.resume()
const told = new Promise((resolve) => process.stdin.once('end', resolve))
try {
  const { url, stop } = await begin()
  say({ ready: url })
  await told
  await stop()
} catch (error) {
  const { name, message } = error as Error
  say({ failed: name, message })
  process.exitCode = 1
}
