import { expect } from 'vitest'
import { addUser, tryLogIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { ssoTest, test } from '../testing/test.ts'

const path = '/sso/v1/sessions'

const hashing = 2
const paired = ssoTest({ PASSWORD_HASH_CONCURRENCY: String(hashing) })

paired.fresh('a burst of guesses does not outrun the counter', async ({ api, deps }) => {
  await addUser(deps)

  const answers = await Promise.all(Array.from({ length: 40 }, () => tryLogIn(api, { given: 'wrong' })))

  const checked = answers.filter(({ status }) => status === 401).length
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(40 - checked)
  expect(checked).toBeGreaterThanOrEqual(5)
  expect(checked).toBeLessThan(5 + hashing)
})

test.fresh('any number may log in at once with the right password', async ({ api, deps }) => {
  await addUser(deps)

  const answers = await Promise.all(Array.from({ length: 60 }, () => tryLogIn(api)))

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(answers.map(({ json }) => json.refreshToken)).size).toBe(60)
})

const narrow = ssoTest({ PASSWORD_HASH_CONCURRENCY: '1', PASSWORD_HASH_QUEUE: '3' })

narrow.fresh('more than can wait are told to come back', async ({ api, deps }) => {
  await addUser(deps)

  const answers = await Promise.all(Array.from({ length: 30 }, () => tryLogIn(api)))

  const busy = answers.filter(({ status }) => status === 503)
  expect(busy.length).toBeGreaterThan(0)
  expect(busy[0]).toMatchObject({ headers: { 'retry-after': '1' }, json: problem(503, 'TOO_BUSY', path) })
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(30 - busy.length)
})
