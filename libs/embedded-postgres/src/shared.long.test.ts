import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acquireSharedPostgres } from './index.ts'
import { startOf } from './processes.ts'
import { postmasterOf, query, runtimeDir, scratchForAll } from './testing/scratch.ts'
import { supervise } from './testing/supervise.ts'

const home = join(scratchForAll(), 'shared')

test('many processes get one server; it stays for the last of them and not longer, whoever dies', async () => {
  const workers = Array.from({ length: 3 }, () => supervise('share', { home, runtimeDir }))
  const urls = await Promise.all(workers.map((worker) => worker.hear('ready')))
  expect(new Set(urls).size).toBe(1)
  const [first, second, third] = workers
  const pid = postmasterOf(join(home, 'data'))

  await Promise.all([first?.stop(), second?.kill()])
  expect(await query(urls[0]!, "SELECT current_setting('fsync') AS fsync")).toEqual([{ fsync: 'off' }])
  expect(startOf(pid)).toBeDefined()
  await third?.stop()
  expect(startOf(pid)).toBeUndefined()
  expect(readdirSync(join(home, 'users'))).toEqual([])
})

test('the next adopts what a killed last user left; after an unclean stop the data is made anew', async () => {
  const killed = supervise('share', { home, runtimeDir })
  await query(await killed.hear('ready'), 'CREATE TABLE kept AS SELECT 42 AS answer')
  await killed.kill()
  const pid = postmasterOf(join(home, 'data'))

  const lines: string[] = []
  const options = { runtimeDir, log: (line: string) => lines.push(line) }
  const adopted = await acquireSharedPostgres(home, options)
  const joined = await acquireSharedPostgres(home, { ...options, settings: { work_mem: '6MB' } })
  expect([adopted.adminUrl, lines.length]).toEqual([joined.adminUrl, 2])
  expect(postmasterOf(join(home, 'data'))).toBe(pid)
  expect(await query(adopted.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  process.kill(pid, 'SIGKILL')
  expect(await Promise.race([adopted.exited, joined.exited])).toMatchObject({ name: 'ServerFailed' })
  await Promise.all([adopted.release(), joined.release()])

  const renewed = await acquireSharedPostgres(home, options)
  expect(lines.join()).toContain('making it anew')
  await expect(query(renewed.adminUrl, 'SELECT answer FROM kept')).rejects.toThrow(/"kept" does not exist/)
  await renewed.createDatabase('template')
  expect(await query(renewed.url('template'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await renewed.release()
  await renewed.release()
  expect(existsSync(join(home, 'data/postmaster.pid'))).toBe(false)
})
