import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { run } from '../testing/run.ts'
import { openShop, service, type Shop } from '../testing/shop.ts'
import { outboxCommand } from './command.ts'

const patience = { timeout: 15_000, interval: 50 }

describe.each([
  ['over PostgreSQL', true, () => ''],
  ['over RabbitMQ', inject('amqpUrl') !== '', () => inject('amqpUrl')],
])('%s', (_name, available, amqpUrl) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop(amqpUrl())
    shop.job.mended = true
  })
  afterAll(() => shop.close())

  const replay = (...args: string[]) =>
    run(() =>
      outboxCommand(['replay', '--service', service, '--data-dir', shop.dataDir, ...args], { SUDO_USER: 'alice' }),
    )

  test('what was announced goes out again to a queue that lost it, and is done once by a job that has it', async () => {
    for (const count of [1, 2, 3]) await shop.order(count)
    await shop.ask()
    const noted = async () => (await shop.pool.query('SELECT FROM messaging.inbox')).rowCount
    await vi.waitFor(async () => expect(await noted()).toBe(4), patience)
    const [first] = shop.job.packed
    await shop.lose(first!)

    expect((await replay('--since', '2100-01-01')).output).toBe('Nothing was published since then.\n')
    const { code, output, errors } = await replay('--since', '1h', '--type', 'shop.order.placed.v1')
    expect([code, output]).toEqual([0, '3 events go out again\n'])
    const asked = { service, types: ['shop.order.placed.v1'] }
    expect(
      errors
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      {
        user: { name: 'alice' },
        event: { action: 'outbox-replay', outcome: 'unknown' },
        outbox: asked,
      },
      { user: { name: 'alice' }, event: { action: 'outbox-replay', outcome: 'success' }, outbox: { count: 3 } },
    ])
    const { rows } = await shop.pool.query<{ id: string }>(
      `SELECT id FROM messaging.outbox WHERE type = 'shop.order.placed.v1' AND id <> $1 ORDER BY id`,
      [first],
    )
    await vi.waitFor(() => expect(shop.job.packed.slice(4).sort()).toEqual(rows.map(({ id }) => id)), patience)
  })
})

test.each([
  ['nothing to do', [], 2, 'Say what to do: replay'],
  ['no service', ['replay', '--since', '1h'], 2, 'Say whose outbox: --service NAME'],
  ['no time', ['replay', '--service', 'cart'], 2, 'Say since when: --since 2h'],
  ['a time that is none', ['replay', '--service', 'cart', '--since', 'noon'], 2, 'not "noon"'],
  ['a platform that does not run', ['replay', '--service', 'cart', '--since', '1h'], 1, 'No platform runs on /nowhere'],
])('%s: exit code and a sentence', async (_what, args, expected, sentence) => {
  const { code, errors } = await run(() => outboxCommand(args, { SLIPWAY_DATA_DIR: '/nowhere' }))
  expect([code, errors]).toEqual([expected, expect.stringContaining(sentence)])
})
