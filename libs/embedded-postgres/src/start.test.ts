import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FolderInUse, PortTaken, startEmbeddedPostgres, WrongPassword } from './index.ts'
import { contents, postmasterOf, query, runtimeDir, scratchForAll } from './testing/scratch.ts'

/** One for all tests: they start and stop it in turn. */
const dataDir = join(scratchForAll(), '.slipway/postgres')
const options = { dataDir, durable: true, password: 'p w/%', runtimeDir }

test('what was written is there after a stop and a start', async () => {
  const first = await startEmbeddedPostgres(options)
  await Promise.all([first.createDatabase('cart'), first.createDatabase('cart'), first.createDatabase('Odd "name"')])
  await first.createDatabase('cart')
  await query(first.url('cart'), 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()
  await first.stop()
  await expect(query(first.url('cart'), 'SELECT')).rejects.toThrow(/ECONNREFUSED/)

  const second = await startEmbeddedPostgres(options)
  expect(await query(second.url('cart'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  expect(await query(second.url('Odd "name"'), 'SELECT current_database() AS name')).toEqual([{ name: 'Odd "name"' }])
  await second.stop()
  expect(readdirSync(join(dataDir, '..')).sort()).toEqual(['postgres', 'postgres.lock', 'postgres.log'])
})

test('it is set up as promised, and settings can be added', async () => {
  const server = await startEmbeddedPostgres({ ...options, settings: { work_mem: '6MB', jit: 'on' } })
  const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'server_encoding', 'lc_messages']
  names.push('listen_addresses', 'unix_socket_directories', 'max_connections', 'work_mem', 'jit', 'password_encryption')
  const rows = await query(
    server.adminUrl,
    `SELECT name, setting FROM pg_settings WHERE name IN ('${names.join("','")}')`,
  )
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    server_encoding: 'UTF8',
    lc_messages: 'C',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    work_mem: '6144',
    jit: 'on',
    password_encryption: 'scram-sha-256',
  })
  expect(
    await query(
      server.adminUrl,
      'SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()',
    ),
  ).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8' }])
  expect(await query(server.adminUrl, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules')).toEqual([
    { auth_method: 'scram-sha-256' },
  ])

  await expect(startEmbeddedPostgres(options)).rejects.toThrow(FolderInUse)
  process.kill(postmasterOf(dataDir), 'SIGQUIT')
  const { message } = await server.exited
  expect(message).toMatch(/^PostgreSQL stopped by itself.* was left as it is.*received immediate shutdown request/s)
  await server.stop()
})

test('a taken port and another password are said plainly, and leave nothing running', async () => {
  const taker = createServer().listen(0, '127.0.0.1')
  await once(taker, 'listening')
  const { port } = taker.address() as AddressInfo
  await expect(startEmbeddedPostgres({ ...options, port })).rejects.toThrow(new PortTaken(port))
  taker.close()
  await once(taker, 'close')
  await expect(startEmbeddedPostgres({ ...options, port, password: 'other' })).rejects.toThrow(
    new WrongPassword(dataDir),
  )

  const server = await startEmbeddedPostgres({ ...options, port })
  expect(server.port).toBe(port)
  await server.stop()
})

test('damage that only PostgreSQL can see is told in its own words, and the data is left', async () => {
  await (await startEmbeddedPostgres(options)).stop()
  const control = join(dataDir, 'global/pg_control')
  renameSync(control, `${control}.away`)
  onTestFinished(() => renameSync(`${control}.away`, control))
  const before = contents(dataDir)
  await expect(startEmbeddedPostgres(options)).rejects.toThrow(
    new RegExp(`^PostgreSQL could not start\\. Its data, in ${dataDir}, was left as it is\\..*could not find`, 's'),
  )
  expect(contents(dataDir).filter(([path]) => !path!.endsWith('postmaster.opts'))).toEqual(
    before.filter(([path]) => !path!.endsWith('postmaster.opts')),
  )
})
