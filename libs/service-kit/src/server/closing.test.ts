import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { testApp } from '../testing/test-app.ts'

test.each([
  ['live', 200],
  ['ready', 503],
])(
  'a request for /health/%s that arrives while the server stops gets %i, and its connection is closed',
  async (path, status) => {
    const { app } = await testApp(() => {})
    await app.listen({ port: 0, host: '127.0.0.1' })
    const accepted = once(app.server, 'connection') as Promise<[Socket]>
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    const [serverSide] = await accepted
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
    // half of it: the connection counts as busy
    socket.write(`GET /shop/health/${path} HTTP/1.1\r\nhost: a.test\r\n`)
    await vi.waitFor(() => expect(serverSide.bytesRead).toBeGreaterThan(0), { interval: 1, timeout: 30_000 })

    const closed = app.close()
    socket.write('\r\n')
    await once(socket, 'close')
    await closed
    expect(answer.split(' ', 2)).toEqual(['HTTP/1.1', String(status)])
    expect(answer.toLowerCase()).toContain('connection: close')
  },
)
