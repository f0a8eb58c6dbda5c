import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import pg from 'pg'
import { request } from 'undici'
import { afterAll, describe, expect, inject, test as plain } from 'vitest'
import { test } from '../testing/test.ts'
import { allowNetwork } from './allowed.ts'

// a connection that is kept alive would be there for the next test
const server = createServer((_request, response) => void response.setHeader('connection', 'close').end('hello'))
await once(server.listen(0, '127.0.0.1'), 'listening')
const portOf = (listening: Pick<Server, 'address'>) => (listening.address() as AddressInfo).port
const origin = `http://127.0.0.1:${portOf(server)}`
afterAll(() => void server.close())

const say = async (url: string) => (await fetch(url)).text()
const query = async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.end()
}
/** The innermost of errors that wrap each other. */
const causeOf = async (work: Promise<unknown>): Promise<string> => {
  let error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: Error) => thrown,
  )
  while (error.cause instanceof Error) error = error.cause
  return error.message
}

describe('without a fixture', () => {
  const advice = `is blocked in tests. Mock the answer with the fixture \`neighbours\`, or call \`network.allow(`

  plain('fetch is blocked', async () => {
    expect(await causeOf(say(origin))).toBe(
      `A connection to localhost:${portOf(server)} is blocked in tests. Mock the answer with the fixture \`neighbours\`, ` +
        `or call \`network.allow('http://localhost:${portOf(server)}')\` of the fixture \`network\` for a server that the test runs itself.`,
    )
    expect(await causeOf(fetch('https://example.com/'))).toContain(`A connection to example.com:443 ${advice}`)
  })
  plain('undici is blocked', async () => {
    expect(await causeOf(request(origin))).toContain(advice)
  })
  plain.each([
    ['port and host', () => connect(portOf(server), '127.0.0.1')],
    ['port alone', () => connect(portOf(server))],
    ['options', () => connect({ port: portOf(server), host: '::1' })],
    ['a path', () => connect('/var/run/postgresql/.s.PGSQL.5432')],
  ])('a bare socket is blocked: %s', async (_, open) => {
    const [error] = (await once(open(), 'error')) as [Error & { code: string }]
    expect(error).toMatchObject({ code: 'NETWORK_BLOCKED' })
  })
  plain('the database is blocked, and who has it is said', async () => {
    expect(await causeOf(query())).toMatch(/blocked in tests\. PostgreSQL is there while a fixture .* such as `api`/)
  })
})

describe('with a fixture', () => {
  // #region network
  test('a test opens what it needs and nothing else', async ({ network }) => {
    network.allow(origin)
    expect(await say(origin)).toBe('hello')
    const other = createTcpServer()
    await once(other.listen(0, '127.0.0.1'), 'listening')
    expect(await causeOf(say(`http://127.0.0.1:${portOf(other)}`))).toContain('blocked')
    other.close()
  })
  // #endregion
  test('the service reaches it too', async ({ network, neighbours: { dispatcher } }) => {
    await expect(request(origin, { dispatcher })).rejects.toThrow('has no mocked answer')
    network.allow(origin)
    expect(await (await request(origin, { dispatcher })).body.text()).toBe('hello')
  })
  plain('the next test finds it closed', async () => {
    expect(await causeOf(say(origin))).toContain('blocked')
  })
  test('the database is open', async ({ deps }) => {
    await query()
    await deps.database.ping()
  })
  plain('and closed again', async () => {
    expect(await causeOf(query())).toContain('blocked')
  })
})

plain('what two allow is open until both are done', async () => {
  const [one, other] = [allowNetwork(origin), allowNetwork(origin.replace('127.0.0.1', 'localhost'))]
  one()
  one()
  const socket = connect(portOf(server), '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
  other()
  const [error] = (await once(connect(portOf(server), '127.0.0.1'), 'error')) as [Error]
  expect(error.message).toContain('blocked')
})
