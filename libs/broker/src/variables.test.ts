import { readFileSync } from 'node:fs'
import { readSettings } from '@slipway/config'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { brokerVariables } from './variables.ts'

const schema = Type.Object(brokerVariables)

test('one address is enough', () => {
  expect(readSettings(schema, { AMQP_URL: 'amqps://user:password@broker/vhost' })).toEqual({
    AMQP_URL: 'amqps://user:password@broker/vhost',
    AMQP_PREFIX: '',
    JOB_PREFETCH: 20,
    JOB_CONCURRENCY: 5,
    JOB_TIMEOUT_MS: 10_000,
    JOB_MAX_ATTEMPTS: 8,
    JOB_RETRY_DELAYS_MS: '1000,5000,30000,300000,1800000',
    OUTBOX_BATCH_SIZE: 500,
    OUTBOX_BATCH_BYTES: 4_194_304,
    OUTBOX_POLL_MS: 1_000,
    OUTBOX_RETENTION_HOURS: 24,
    OUTBOX_UNROUTABLE_HOURS: 168,
    INBOX_RETENTION_HOURS: 168,
  })
})

test('addresses and delays that cannot be are refused', () => {
  const wrong = { AMQP_URL: 'http://broker', EVENTS_DATABASE_URL: 'mysql://db', JOB_RETRY_DELAYS_MS: '1s,0' }
  expect(() => readSettings(schema, wrong)).toThrow(/AMQP_URL[^]*EVENTS_DATABASE_URL[^]*JOB_RETRY_DELAYS_MS/)
})

test('the README names every setting', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(Object.keys(brokerVariables).filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})
