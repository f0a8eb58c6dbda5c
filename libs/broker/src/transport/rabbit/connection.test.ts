import { describe, expect, test, vi } from 'vitest'
import { amqpUrl } from '../../testing/engines.ts'
import { testObservability } from '../../testing/observability.ts'
import { RabbitConnection } from './connection.ts'

describe.runIf(amqpUrl())('a connection to RabbitMQ', () => {
  test('a declaration that is never answered costs the connection, and the next one makes it', async () => {
    const { logger, lines } = testObservability()
    const setup = vi.fn(async () => {}).mockReturnValueOnce(new Promise(() => {}))
    const connection = new RabbitConnection({ url: amqpUrl()!, name: 'unanswered', logger, setup, setupMs: 200 })

    await connection.open()
    await vi.waitFor(() => connection.assertUsable(), { timeout: 10_000 })

    expect(setup).toHaveBeenCalledTimes(2)
    expect(lines.map(({ message, error }) => [message, (error as { message?: string } | undefined)?.message])).toEqual([
      ['cannot connect to RabbitMQ; tries again', 'RabbitMQ has not answered the declarations within 200 ms'],
      ['connected to RabbitMQ', undefined],
    ])
    await connection.close()
  })
})
