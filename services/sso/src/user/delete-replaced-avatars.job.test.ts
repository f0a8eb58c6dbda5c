import { FileDeleted, FileReady, filesContract } from '@slipway/contracts/files'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { arrive } from '../testing/people.ts'
import { fileId } from '../testing/pictures.ts'
import { test } from '../testing/test.ts'
import { DeleteReplacedAvatars } from './delete-replaced-avatars.job.ts'

const { remove } = filesContract

/** An event of Files about a picture of the user. */
const about = (subject: string, number: number, version = 4) => ({
  subject: fileId(number),
  version,
  data: { fileId: fileId(number), ownerService: 'sso', purpose: 'avatar', subject },
})

async function tick(deps: Deps) {
  const { logger } = deps.observability
  await new DeleteReplacedAvatars(deps).run({ tick: new Date(), signal: new AbortController().signal, logger })
}

test('a replaced picture is deleted at Files, with a token of SSO’s own, and not asked for again', async ({
  api,
  deps,
  events,
  neighbours,
}) => {
  const { user, headers } = await arrive(api, deps)
  await events.deliver(FileReady, about(user.id, 1))
  await tick(deps)
  expect(neighbours.files.requests).toEqual([]) // it is the only one

  await events.deliver(FileReady, about(user.id, 2))
  neighbours.files.replies(remove, { params: { fileId: fileId(1) }, status: 204 })
  await tick(deps)
  await tick(deps)
  await events.deliver(FileDeleted, about(user.id, 1, 5))
  await tick(deps)
  const [asked, ...more] = neighbours.files.requests
  expect(more).toEqual([])
  const token = asked!.headers['authorization']!.replace('Bearer ', '')
  expect(decodeJwt(token)).toMatchObject({
    sub: 'sso',
    client_id: 'sso',
    aud: 'slipway',
    scope: '',
    token_use: 'service',
  })
  expect((await api.get('/sso/v1/me', headers)).json.avatarFileId).toBe(fileId(2))
})

test('what Files cannot delete now is asked for again, and holds up no other', async ({
  api,
  deps,
  events,
  neighbours,
}) => {
  const { user } = await arrive(api, deps)
  for (const number of [1, 3, 2]) await events.deliver(FileReady, about(user.id, number))
  neighbours.files.replies(remove, {
    params: { fileId: fileId(1) },
    status: 500,
    problem: { code: 'INTERNAL' },
    offContract: true,
  })
  neighbours.files.replies(remove, { params: { fileId: fileId(2) }, status: 204 })
  await tick(deps)
  neighbours.files.replies(remove, {
    params: { fileId: fileId(1) },
    status: 404, // it was done, and the answer lost
    problem: { code: 'FILE_NOT_FOUND' },
  })
  await tick(deps)
  await tick(deps)
  expect(neighbours.files.requests).toHaveLength(3)
})

test('Files itself erases the pictures of who is erased', async ({ api, deps, events, neighbours }) => {
  const { user, headers } = await arrive(api, deps)
  for (const number of [1, 2]) await events.deliver(FileReady, about(user.id, number))
  expect((await api.delete('/sso/v1/me', headers)).status).toBe(204)
  await tick(deps)
  expect(neighbours.files.requests).toEqual([])
})
