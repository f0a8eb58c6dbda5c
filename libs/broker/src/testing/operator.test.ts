import { describe, expect, test } from 'vitest'
import { amqpUrl } from './engines.ts'
import { openOperator } from './operator.ts'

describe.runIf(amqpUrl())('an operator', () => {
  test('hears of a queue that is not there by the call alone', async () => {
    await using operator = await openOperator(amqpUrl()!)
    await expect(operator.channel.checkQueue('no-such-queue')).rejects.toThrow('NOT_FOUND')
  })
})
