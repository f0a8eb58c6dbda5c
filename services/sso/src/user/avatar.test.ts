import { FileDeleted, FileExpired, FileReady, filesContract } from '@slipway/contracts/files'
import { expect } from 'vitest'
import { arrive } from '../testing/people.ts'
import { fileId, picture, reservation } from '../testing/pictures.ts'
import { test } from '../testing/test.ts'
import { viewOf } from './user.ts'

const avatar = '/sso/v1/me/avatar'

/** An event of Files about a picture of the user. */
const about = (subject: string, number: number, version: number, change: object = {}) => ({
  subject: fileId(number),
  version,
  data: { fileId: fileId(number), ownerService: 'sso', purpose: 'avatar', subject, ...change },
})

test('Files is asked with the user’s own token, and its form comes back', async ({ api, deps, neighbours }) => {
  const { headers } = await arrive(api, deps)
  neighbours.files.replies(filesContract.reserve, { status: 201, json: reservation })
  expect(await api.post(avatar, picture, headers)).toMatchObject({ status: 201, json: reservation })
  expect(neighbours.files.requests).toMatchObject([{ headers, body: { ...picture, purpose: 'avatar' } }])
})

test('what Files refuses is refused with its code', async ({ api, deps, neighbours }) => {
  const { headers } = await arrive(api, deps)
  const problem = { code: 'TOO_MANY_FILES', detail: 'There are 20 already', maxFiles: 20 }
  neighbours.files.replies(filesContract.reserve, { status: 409, problem })
  expect((await api.post(avatar, picture, headers)).json).toMatchObject({ status: 409, ...problem })
})

test('a user has the newest picture that is ready until it is gone, and never again one that it has replaced', async ({
  api,
  deps,
  events,
}) => {
  const { user, headers } = await arrive(api, deps)
  const me = async () => (await api.get('/sso/v1/me', headers)).json
  await events.deliver(FileReady, about(user.id, 2, 4))
  await events.deliver(FileReady, about(user.id, 1, 4)) // asked for earlier, checked later
  expect(await me()).toEqual({ ...viewOf(user), avatarFileId: fileId(2) })
  await events.deliver(FileExpired, about(user.id, 2, 5))
  expect(await me()).toEqual(viewOf(user))
})

test('the end of a picture counts, however late the news that it was ready comes', async ({ api, deps, events }) => {
  const { user, headers } = await arrive(api, deps)
  await events.deliver(FileDeleted, about(user.id, 1, 5))
  await events.deliver(FileReady, about(user.id, 1, 4))
  expect((await api.get('/sso/v1/me', headers)).json).toEqual(viewOf(user))
})

test('files of others, and of nobody we know, change nothing', async ({ api, deps, events }) => {
  const { user, headers } = await arrive(api, deps)
  for (const change of [{ ownerService: 'cart' }, { purpose: 'document' }, { subject: 'ann' }])
    expect(await events.deliver(FileReady, about(user.id, 1, 4, change))).toEqual({ 'keep-avatar': 'skipped' })
  expect(await events.deliver(FileReady, about(fileId(9), 1, 4))).toEqual({ 'keep-avatar': 'done' })
  expect((await api.get('/sso/v1/me', headers)).json).toEqual(viewOf(user))
})

test('who is erased takes what is known of their pictures along', async ({ api, deps, events }) => {
  const { user, headers } = await arrive(api, deps)
  await events.deliver(FileReady, about(user.id, 1, 4))
  expect((await api.delete('/sso/v1/me', headers)).status).toBe(204)
  expect((await deps.database.sql.query('SELECT FROM user_avatars')).rowCount).toBe(0)
  await events.deliver(FileDeleted, about(user.id, 1, 5))
})
