import { expect, test, vi } from 'vitest'
import { prepare } from './prepare.ts'

const logger = { warn: vi.fn() }
// as Prisma says it of a machine that is too busy for a first connection
const busy = Object.assign(new Error('Unable to start a transaction in the given time'), { code: 'P2028' })

test('a database that is busy while the service starts is asked again', async () => {
  const work = vi
    .fn(() => Promise.resolve())
    .mockRejectedValueOnce(busy)
    .mockRejectedValueOnce(busy)
  await prepare(work, { logger, pauseMs: 0 })
  expect(work).toHaveBeenCalledTimes(3)
  expect(logger.warn).toHaveBeenCalledTimes(2)
  expect(logger.warn).toHaveBeenCalledWith({ err: busy }, 'the database does not answer yet: it is asked again')
})

test('not for ever', async () => {
  await expect(prepare(() => Promise.reject(busy), { logger, patienceMs: -1 })).rejects.toBe(busy)
})

test('what another attempt cannot mend ends the start at once', async () => {
  const work = vi.fn(() => Promise.reject(new Error('wrong secret')))
  await expect(prepare(work, { logger, pauseMs: 0 })).rejects.toThrow('wrong secret')
  expect(work).toHaveBeenCalledTimes(1)
})
