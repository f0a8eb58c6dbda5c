import { readdirSync } from 'node:fs'
import os from 'node:os'
import { parseOptions } from '@node-rs/argon2'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Settings } from '../config.ts'
import * as argon2 from './argon2-threads.ts'
import { createPasswordHasher } from './password-hasher.ts'

vi.mock('./argon2-threads.ts', { spy: true }) // the real thing, watched

const concurrency = 2
const settings = {
  PASSWORD_HASH_MEMORY_KIB: 2_048,
  PASSWORD_HASH_PASSES: 3,
  PASSWORD_HASH_CONCURRENCY: concurrency,
  PASSWORD_HASH_QUEUE: 50,
} as Settings
const hasher = await createPasswordHasher(settings)
const guard = () => ({ before: vi.fn(async () => {}), failed: vi.fn(async () => {}) })

beforeEach(() => void vi.clearAllMocks())

test('a password is hashed with argon2id and the parameters of the settings', async () => {
  const hash = await hasher.hash('a password')

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=2048,t=3,p=1\$/)
  expect(await hasher.hash('a password')).not.toBe(hash)
  expect(await hasher.verify(hash, 'a password', guard())).toBe(true)
  expect(await hasher.verify(hash, 'another', guard())).toBe(false)
})

test('without a user the same work is done: a hash of the same parameters is verified', async () => {
  const known = await hasher.hash('a password')
  await hasher.verify(known, 'another', guard())
  await hasher.verify(undefined, 'another', guard())

  const [ofUser, ofNobody] = vi.mocked(argon2.verify).mock.calls.map(([hash]) => parseOptions(hash))
  expect(argon2.verify).toHaveBeenCalledTimes(2)
  expect(ofNobody).toEqual(ofUser)
})

test('nobody has no password, not even the empty one', async () => {
  for (const password of ['', 'undefined', 'a password'])
    expect(await hasher.verify(undefined, password, guard())).toBe(false)
})

test('the same characters are the same password, however they are composed', async () => {
  const hash = await hasher.hash('cafe\u0301-kettle')

  expect(await hasher.verify(hash, 'caf\u00e9-kettle', guard())).toBe(true)
})

test('a failure is counted before the next in line is looked at; a refusal costs no hash', async () => {
  const hash = await hasher.hash('a password')
  let failures = 0
  const limited = {
    before: async () => {
      if (failures >= 3) throw new Error('wait')
    },
    failed: async () => void failures++,
  }

  const guesses = await Promise.allSettled(Array.from({ length: 20 }, () => hasher.verify(hash, 'guess', limited)))

  const checked = guesses.filter(({ status }) => status === 'fulfilled').length
  expect(checked).toBeGreaterThanOrEqual(3)
  expect(checked).toBeLessThan(3 + concurrency)
  expect(argon2.verify).toHaveBeenCalledTimes(checked)
  expect(failures).toBe(checked)
})

test('no more are hashed at once than allowed', async () => {
  let running = 0
  let most = 0
  const watched = {
    before: async () => void (most = Math.max(most, ++running)),
    failed: async () => void running--,
  }
  await Promise.all(Array.from({ length: 12 }, () => hasher.verify(undefined, 'guess', watched)))

  expect(most).toBe(concurrency)
})

test.skipIf(process.platform !== 'linux')(
  'threads that hash give way to the event loop (only Linux tells)',
  async () => {
    const hash = await hasher.hash('a password')
    await hasher.verify(hash, 'a password', guard())

    const niceness = readdirSync('/proc/self/task').map((thread) => os.getPriority(Number(thread)))
    expect(niceness).toContain(os.getPriority() + 10)
  },
)
