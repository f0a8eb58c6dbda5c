import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testObservability } from '../testing/observability.ts'
import { Proxy } from '../testing/proxy.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { DirectConnection } from './direct-connection.ts'

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase('empty')
})
afterAll(() => database.drop())

test('a connection that dies without a word is replaced by one that listens', async () => {
  const { proxy, url } = await Proxy.before(database.url, 5432)
  await using _ = proxy
  const { logger, lines } = testObservability()
  const onNotify = vi.fn()
  const connection = new DirectConnection({ url, name: 'test', channel: 'news', logger, onNotify, answerMs: 2_000 })
  const pid = async () => (await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid
  const before = await pid()

  proxy.freeze()

  // of those that were under way each fails, and none later
  const underWay = await Promise.allSettled([pid(), pid()])
  expect(underWay.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(onNotify).toHaveBeenCalledTimes(1)
  expect(await pid()).not.toBe(before)
  await database.pool.query('NOTIFY news')
  await vi.waitFor(() => expect(onNotify).toHaveBeenCalledTimes(2), 30_000)
  expect(lines.map(({ message }) => message)).toEqual(['the relay lost its database connection'])
  await connection.close()
})

test('a statement that the server refuses does not cost the connection', async () => {
  const { logger, lines } = testObservability()
  const connection = new DirectConnection({
    url: database.url,
    name: 'test',
    channel: 'news',
    logger,
    onNotify: () => {},
  })
  await expect(connection.query('SELECT * FROM nothing')).rejects.toMatchObject({ code: '42P01' })
  expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await connection.close()
  expect(lines).toEqual([])
})
