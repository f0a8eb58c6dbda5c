import { describe, expect, test, vi } from 'vitest'
import { amqpUrl } from '../../testing/engines.ts'
import { testObservability, type LogLine } from '../../testing/observability.ts'
import { Proxy } from '../../testing/proxy.ts'
import { RabbitConnection } from './connection.ts'

describe.runIf(amqpUrl())('a connection to RabbitMQ', () => {
  test('a declaration that is never answered costs the connection, and the next one makes it', async () => {
    const { logger, lines } = testObservability()
    const setup = vi.fn(async () => {}).mockReturnValueOnce(new Promise(() => {}))
    const connection = new RabbitConnection({ url: amqpUrl()!, name: 'unanswered', logger, setup, setupMs: 200 })

    await connection.open()
    await vi.waitFor(() => connection.assertUsable(), { timeout: 10_000 })

    expect(setup).toHaveBeenCalledTimes(2)
    expect(messagesOf(lines)).toEqual([
      ['cannot connect to RabbitMQ; tries again', 'RabbitMQ has not answered the declarations within 200 ms'],
      ['connected to RabbitMQ', undefined],
    ])
    await connection.close()
  })

  test('what is asked of an open connection and never answered costs it, too', async () => {
    const { proxy, url } = await Proxy.before(amqpUrl()!, 5672)
    await using _ = proxy
    const { logger, lines } = testObservability()
    const connection = new RabbitConnection({ url, name: 'mute', logger, setup: async () => {}, setupMs: 200 })
    await connection.open()

    proxy.muteServer()
    await expect(connection.with(async (model) => void (await model.createChannel()))).rejects.toThrow()
    await vi.waitFor(() => connection.assertUsable(), { timeout: 10_000 })

    expect(messagesOf(lines)).toEqual([
      ['connected to RabbitMQ', undefined],
      ['lost the connection to RabbitMQ; reconnects', 'RabbitMQ has not answered the declarations within 200 ms'],
      ['connected to RabbitMQ', undefined],
    ])
    await connection.close()
  })

  test('a stop while it opens outlives that it is lost before the goodbye', async () => {
    const { proxy, url } = await Proxy.before(amqpUrl()!, 5672)
    await using _ = proxy
    const { logger, lines } = testObservability()
    const setup = vi.fn(async () => {})
    const connection = new RabbitConnection({ url, name: 'stopped', logger, setup })
    const closed = Promise.withResolvers<void>()
    const cut = Promise.withResolvers<void>()
    proxy.onRequest = (data) => {
      if (data.includes(connectionOpen)) closed.resolve(connection.close())
      if (!data.includes(connectionClose)) return
      proxy.cut()
      cut.resolve()
    }

    await Promise.all([connection.open(), closed.promise, cut.promise])

    expect(() => connection.assertUsable()).toThrow('RabbitMQ is not usable: closed')
    expect(setup).not.toHaveBeenCalled()
    expect(lines).toEqual([])
  })
})

const messagesOf = (lines: LogLine[]) =>
  lines.map(({ message, error }) => [message, (error as { message?: string } | undefined)?.message])

/** The starts of frames' payloads, class and method, as of https://www.rabbitmq.com/amqp-0-9-1-reference. */
const connectionOpen = Buffer.from([0, 10, 0, 40])
const connectionClose = Buffer.from([0, 10, 0, 50])
