import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbeddedPostgres } from './index.ts'
import { startOf } from './processes.ts'
import { postmasterOf, query, runtimeDir, scratchForAll } from './testing/scratch.ts'
import { supervise } from './testing/supervise.ts'

/** One for all tests: each stops what it started. */
const dataDir = join(scratchForAll(), 'postgres')
const plan = { dataDir, durable: true, password: 'secret', runtimeDir }

/** A server whose supervisor was killed the hard way. */
async function orphan() {
  const supervisor = supervise('start', plan)
  const url = await supervisor.hear('ready')
  await query(url, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer')
  await supervisor.kill()
  return { url, pid: postmasterOf(dataDir) }
}

test('a server left behind is adopted, with other settings started anew, and watched', async () => {
  const left = await orphan()
  expect(await query(left.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])

  const adopted = await startEmbeddedPostgres(plan)
  expect(postmasterOf(dataDir)).toBe(left.pid)
  expect(adopted.adminUrl).toBe(left.url)
  expect(await query(adopted.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await adopted.stop()
  expect(startOf(left.pid)).toBeUndefined()

  const again = await orphan()
  const other = await startEmbeddedPostgres({ ...plan, settings: { work_mem: '6MB' } })
  expect(postmasterOf(dataDir)).not.toBe(again.pid)
  expect(startOf(again.pid)).toBeUndefined()
  await other.stop()
})

test('Ctrl-C, which reaches the whole group of a terminal, does not reach the server', async () => {
  const supervisor = supervise('start', plan, { detached: true })
  const url = await supervisor.hear('ready')
  const backend = (await query(url, 'SELECT pg_postmaster_start_time() AS since'))[0]
  process.kill(-supervisor.pid, 'SIGINT')
  await supervisor.ended
  expect(await query(url, 'SELECT pg_postmaster_start_time() AS since')).toEqual([backend])
  await (await startEmbeddedPostgres(plan)).stop()
})

test('the death of an adopted server is noticed', async () => {
  const { pid } = await orphan()
  const adopted = await startEmbeddedPostgres(plan)
  expect(postmasterOf(dataDir)).toBe(pid)
  process.kill(pid, 'SIGQUIT')
  expect(await adopted.exited).toMatchObject({ name: 'ServerFailed' })
  await adopted.stop()
})

test('what was committed outlives the killing of both', async () => {
  const { pid } = await orphan()
  process.kill(pid, 'SIGKILL')
  const lines: string[] = []
  const server = await startEmbeddedPostgres({ ...plan, log: (line) => lines.push(line) })
  expect(await query(server.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await server.stop()
  // on a slow machine there is a line about waiting before it
  expect(lines.at(-1)).toBe('PostgreSQL recovered after an unclean stop')
})

test('a postmaster.pid whose pid is another process by now, or which is empty, does not count', async () => {
  const { pid } = await orphan()
  const file = join(dataDir, 'postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  process.kill(pid, 'SIGKILL')

  // Looks the part: same kind of name, same user as the server, but another folder.
  const stranger = spawn('sleep', ['60'], {
    argv0: '/usr/bin/postgres',
    ...(process.getuid!() === 0 && { uid: 65534, gid: 65534 }),
  })
  onTestFinished(() => void stranger.kill())
  writeFileSync(file, [stranger.pid, ...lines.slice(1)].join('\n'))
  const first = await startEmbeddedPostgres(plan)
  expect(await query(first.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await first.stop()
  expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null])

  writeFileSync(file, '')
  const second = await startEmbeddedPostgres(plan)
  expect(await query(second.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await second.stop()
  expect(existsSync(file)).toBe(false)
})
