import { hostname } from 'node:os'
import { AppError } from '@slipway/errors'
import { expect, test } from 'vitest'
import { loggedBody } from './logged-body.ts'
import { countingIds, observe } from './testing/observe.ts'

const everyLine = {
  '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  'ecs.version': '8.10.0',
  'process.pid': process.pid,
  'host.hostname': hostname(),
  'service.name': 'cart',
  'service.version': '1.2.3',
  'event.dataset': 'cart',
}

class CartLocked extends AppError {
  readonly code = 'CART_LOCKED'
  readonly status = 409
}

test('a line is one JSON object in Elastic Common Schema', async () => {
  const { observability, lines, last } = observe({}, { ids: countingIds() })
  await observability.span('work', { requestId: 'r-1', caller: 'u-1' }, () => {
    observability.context.get()!.log['event.action'] = 'add-item'
    observability.logger.info({ 'http.request.method': 'GET' }, 'Added')
  })
  expect(lines).toEqual([expect.stringMatching(/^\{.*\}\n$/)])
  expect(last()).toEqual({
    ...everyLine,
    'log.level': 'info',
    'trace.id': '00000000000000000000000000000001',
    'span.id': '0000000000000002',
    'http.request.id': 'r-1',
    'user.id': 'u-1',
    'event.action': 'add-item',
    'http.request.method': 'GET',
    message: 'Added',
  })
})

test('an error has its type, code, message and stack', () => {
  const { observability, last } = observe()
  const error = new CartLocked('The cart is being paid')
  observability.logger.warn(error)
  expect(last()).toEqual({
    ...everyLine,
    'log.level': 'warn',
    'error.code': 'CART_LOCKED',
    error: { type: 'CartLocked', message: error.message, stack_trace: error.stack },
    message: error.message,
  })
})

test('LOG_LEVEL decides what is written', () => {
  const { observability, lines } = observe({ LOG_LEVEL: 'warn' })
  observability.logger.info('quiet')
  observability.logger.warn('loud')
  expect(lines).toHaveLength(1)
})

test('no canary gets into a line, wherever it is put', () => {
  const { observability, lines } = observe()
  const { logger } = observability
  const jwt = `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJjYW5hcnkifQ.canary-signature`
  logger.info({ body: { user: [{ password: 'canary', 'Set-Cookie': ['canary'], newPassword: 'canary' }] } })
  logger.info({ headers: { authorization: 'canary', 'x-api-key': 'canary' }, client_secret: 'canary', token: 'canary' })
  logger.info({ query: new Map([['refreshToken', 'canary']]), card: { number: 'canary' } })
  logger.child({ accessToken: 'canary', nested: { cvc: 'canary' } }).info(`Bearer ${jwt}`)
  logger.error(new Error(`cannot reach postgresql://slipway:canary@db/cart?token=canary`))
  logger.error({ err: new Error('failed', { cause: new Error('canary') }) }, `Authorization: Basic canary12345=`)
  logger.info(`https://app/reset?email=a&token=canary#top`)
  logger.info(`in text:${jwt} in_a_word_${jwt}; a.b.c.d.e.${jwt}`)
  expect(lines).toHaveLength(8)
  expect(lines.join('')).not.toContain('canary')
})

test('a text that almost holds a million JWTs is written at once', () => {
  const { observability, last } = observe()
  observability.logger.info('eyJ'.repeat(1_000_000)) // minutes, where each of them is a new start
  expect(String(last()['message'])).toHaveLength(3_000_000)
})

test.each([
  ['the end of a text', 'cannot get "http://a/?token=canary"', 'cannot get "http://a/?token=[Redacted]"'],
  ['a backslash of its own', 'http://a/?token=can\\ary failed', 'http://a/?token=[Redacted] failed'],
  ['a line break', 'http://a/?token=canary\nfailed', 'http://a/?token=[Redacted]\nfailed'],
])('a secret in a URL before %s leaves the line JSON', (_before, message, written) => {
  const { observability, last } = observe()
  observability.logger.info(message)
  expect(last()).toMatchObject({ message: written })
})

test('a card number is cut to its first digit and the line stays JSON', () => {
  const { observability, last } = observe()
  observability.logger.info({
    text: 'pay with 4242-4242-4242-4242',
    number: 4242424242424242,
    order: '4242424242424241',
  })
  expect(last()).toMatchObject({
    text: 'pay with 4000-0000-0000-0000',
    number: 4000000000000000,
    order: '4242424242424241',
  })
})

test.each([
  [
    { name: 'Jo', password: 'secret' },
    { name: 'Jo', password: '[Redacted]' },
  ],
  [[{ token: 'secret' }], { content: [{ token: '[Redacted]' }] }],
  [Buffer.from('raw'), { content: '[3 bytes]' }],
])('the body %j is logged without secrets', (body, logged) => {
  const { observability, last } = observe()
  observability.logger.info({ http: { request: { body: loggedBody(body) } } }, 'Taken')
  expect(last()).toMatchObject({ http: { request: { body: logged } } })
})
