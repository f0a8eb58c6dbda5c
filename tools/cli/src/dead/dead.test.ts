import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { name, openShop, service, type Shop } from '../testing/shop.ts'
import { run } from '../testing/run.ts'
import { deadCommand } from './command.ts'

const patience = { timeout: 15_000, interval: 50 }
const nowhere = { SLIPWAY_DATA_DIR: '/nowhere' }
const ours = ['--service', service, '--job', name]

interface Line {
  queue: string
  id: string
  type: string
  diedAt: string
  attempts: number
  error: string
}

describe.each([
  ['the platform of npm start', true, () => ''],
  ['RabbitMQ', inject('amqpUrl') !== '', () => inject('amqpUrl')],
])('%s', (_name, available, amqpUrl) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop(amqpUrl())
  })
  afterAll(() => shop.close())

  const dead = (...args: string[]) =>
    run(() => deadCommand([...args, '--data-dir', shop.dataDir], { ...shop.environment, SUDO_USER: 'alice' }))
  const lines = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
  const listed = async (...args: string[]): Promise<Line[]> =>
    lines((await dead('list', ...ours, '--json', ...args)).output)
  const until = (count: number) =>
    vi.waitFor(async () => {
      const all = await listed()
      expect(all).toHaveLength(count)
      return all
    }, patience)
  const audited = (errors: string) =>
    lines(errors).map(({ user, event, message }) => [user.name, event.outcome, message])

  test('what jobs gave up on is listed, shown, replayed and dropped, and who did it is noted', async () => {
    for (const count of [1, 2, 3]) await shop.order(count)
    await shop.ask()
    const all = await until(4)
    expect(all[0]).toEqual({
      queue: `${service}.${name}`,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: expect.stringMatching(/^shop\./),
      diedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      attempts: 1,
      error: 'NonRetryable: no box is large enough\nfor this',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })

    const { code, output } = await dead('list', ...ours)
    expect(code).toBe(0)
    expect(output).toMatch(/^queue +id +type +died +attempts +error\n\S/)
    expect(output).toContain('4 dead letters')

    expect(await listed('--type', 'shop.reset.asked.v1')).toHaveLength(1)
    expect(await listed('--since', '1h')).toHaveLength(4)
    expect(await listed('--since', '2100-01-01')).toEqual([])
    expect(await listed('--limit', '2')).toHaveLength(2)
    expect((await dead('list', ...ours, '--limit', '2')).output).toContain('2 dead letters, and more: --limit')

    const [reset] = await listed('--type', 'shop.reset.asked.v1')
    const shown = await dead('show', reset!.id, ...ours)
    expect(shown.code).toBe(0)
    expect(shown.output).toContain('"email": "a@b.test"')
    expect(shown.output).toContain('"token": "[Redacted]"')
    expect(shown.output).not.toContain('hunter2')
    expect((await dead('show', reset!.id, ...ours, '--reveal')).output).toContain('hunter2')

    shop.job.mended = true
    const released = (await listed()).filter(({ type }) => type === 'shop.order.placed.v1').map(({ id }) => id)
    const replayed = await dead('replay', released[0]!, ...ours)
    expect([replayed.code, replayed.output]).toEqual([0, '1 dead letter replayed\n'])
    expect(audited(replayed.errors)).toEqual([
      ['alice', 'unknown', 'dead letters: replay was asked for'],
      ['alice', 'success', 'dead letter replayed'],
    ])
    expect(lines(replayed.errors)[1]).toMatchObject({
      '@timestamp': expect.any(String),
      dead_letter: { id: released[0], queue: `${service}.${name}`, type: 'shop.order.placed.v1' },
    })
    await vi.waitFor(() => expect(shop.job.packed).toEqual([released[0]]), patience)

    const byType = await dead('replay', ...ours, '--type', 'shop.order.placed.v1', '--limit', '1')
    expect(byType.output).toBe('1 dead letter replayed\n')
    await vi.waitFor(() => expect(shop.job.packed).toHaveLength(2), patience)

    const dropped = await dead('drop', ...ours, '--id', reset!.id)
    expect([dropped.code, dropped.output]).toEqual([0, '1 dead letter dropped\n'])
    expect((await until(1))[0]).toMatchObject({ type: 'shop.order.placed.v1' })
    const rest = await dead('replay', ...ours)
    expect([rest.code, rest.output]).toEqual([0, '1 dead letter replayed\n'])
    await vi.waitFor(() => expect(new Set(shop.job.packed)).toEqual(new Set(released)), patience)
    expect((await dead('list', ...ours)).output).toBe('No dead letters.\n')
  })

  test('queues are found without being named, and who did it is known without sudo', async () => {
    const { code, output, errors } = await run(() =>
      deadCommand(['drop', '--all', '--data-dir', shop.dataDir], shop.environment),
    )
    expect([code, output]).toEqual([0, '0 dead letters dropped\n'])
    expect(lines(errors)[0].user.name).toBe(userInfo().username)
    expect((await dead('list', '--job', name)).output).toBe('No dead letters.\n')
    expect((await dead('list', '--job', 'none')).errors).toMatch(`${service}.${name}`)
  })

  test('a broker that no service has started on is said', async () => {
    const elsewhere = amqpUrl()
      ? { AMQP_URL: amqpUrl(), AMQP_PREFIX: 'nobody-' }
      : { EVENTS_DATABASE_URL: shop.postgres.url('postgres') }
    const { code, errors } = await run(() => deadCommand(['list'], elsewhere))
    expect([code, errors]).toEqual([1, expect.stringMatching(/^[^\n]* started on [^\n]*\n$/)])
  })

  test('what is not there is said, with exit code 1', async () => {
    for (const action of ['show', 'replay', 'drop']) {
      const { code, output } = await dead(action, 'no-such-id', ...ours)
      expect([code, output]).toEqual([1, expect.stringContaining('No dead letter has the id no-such-id')])
    }
    const { code, errors } = await dead('list', '--service', service, '--job', 'unpack')
    expect([code, errors]).toEqual([1, `There is no queue of dead letters for ${service}.unpack\n`])
    const unknown = await dead('replay', '--service', 'nobody')
    expect([unknown.code, unknown.errors]).toEqual([
      1,
      expect.stringContaining('No queue belongs to the service nobody'),
    ])
  })
})

test.each([
  ['nothing to do', [], 'Say what to do: list, show, replay, drop'],
  ['another verb', ['purge'], 'not "purge"'],
  ['nothing to show', ['show'], 'slipway dead show <id>'],
  ['no word on which', ['replay'], 'Say which to replay: an id, a filter, or --all'],
  ['a limit alone', ['drop', '--limit', '5'], 'Say which to drop'],
  ['all and some', ['drop', '--all', '--job', 'x'], '--all takes no filters'],
  ['a limit of none', ['list', '--limit', '0'], '--limit takes a whole number from 1'],
  ['a time that is none', ['list', '--since', 'yesterday'], '--since takes 30m'],
  ['an unknown option', ['list', '--queue', 'x'], "Unknown option '--queue'"],
])('%s: exit code 2 and a sentence', async (_what, args, sentence) => {
  const { code, errors } = await run(() => deadCommand(args, nowhere))
  expect([code, errors]).toEqual([2, expect.stringContaining(sentence)])
})

test.each([
  ['a platform that does not run', nowhere, 'No platform runs on /nowhere'],
  ['a RabbitMQ that is not there', { AMQP_URL: 'amqp://guest:hunter2@127.0.0.1:1' }, 'RabbitMQ cannot be reached'],
  [
    'a database that is not there',
    { EVENTS_DATABASE_URL: 'postgresql://a:hunter2@127.0.0.1:1/x' },
    'cannot be reached',
  ],
])('%s: exit code 1 and a sentence', async (_what, environment, sentence) => {
  const { code, errors } = await run(() => deadCommand(['list'], environment))
  expect([code, errors]).toEqual([1, expect.stringContaining(sentence)])
  expect(errors).not.toContain('hunter2')
  expect(errors).not.toContain('    at ')
})
