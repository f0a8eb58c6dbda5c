import { FileDeleted } from '@slipway/contracts/files'
import { UserDeleted } from '@slipway/contracts/sso'
import type { Events } from '@slipway/testing'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { pdf, png } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { person, reserve, run, see, shopkeeper, stranger, uploadChecked, wanted } from '../testing/uploading.ts'
import { EraseLateFiles } from './erase-late-files.job.ts'

const hour = 3_600_000

const erase = (events: Events) => events.deliver(UserDeleted, { subject: person.id, data: { userId: person.id } })
const erasures = async ({ database }: Pick<Deps, 'database'>) =>
  (await database.sql.query('SELECT FROM erasures')).rowCount

test('what a person uploaded about themselves goes with them; what they did for the shop stays', async ({
  api,
  deps,
  events,
}) => {
  const own = await uploadChecked({ api, deps })
  const picture = { filename: 'mug.png', purpose: 'product-image' } as const
  const boss = { ...shopkeeper, id: person.id, claims: { ...shopkeeper.claims, sub: person.id } }
  const shops = await uploadChecked({ api, deps }, await png(), picture, boss)
  const others = await uploadChecked({ api, deps }, pdf(), {}, stranger)
  await erase(events)
  expect((await see(api, own.fileId)).status).toBe(404)
  expect((await see(api, shops.fileId, boss)).status).toBe(200)
  expect((await see(api, others.fileId, stranger)).status).toBe(200)
  expect(await events.emitted(FileDeleted)).toMatchObject([{ subject: own.fileId, data: { reason: 'OWNER_DELETED' } }])
})

test('what the last access token brings afterwards goes as well', async ({ api, deps, events, clock }) => {
  await erase(events)
  await erase(events)
  const late = await uploadChecked({ api, deps })
  const { json: reserved } = await reserve(api, wanted(pdf()))
  const others = await uploadChecked({ api, deps }, pdf(), {}, stranger)

  clock.advance(hour - 1)
  await run(new EraseLateFiles(deps))

  for (const { fileId } of [late, reserved]) expect((await see(api, fileId)).status).toBe(404)
  expect((await see(api, others.fileId, stranger)).status).toBe(200)
  expect(await events.emitted(FileDeleted)).toHaveLength(2)
  expect(await erasures(deps), 'another may come').toBe(1)
  await reserve(api, wanted(pdf()))
  clock.advance(1)
  await run(new EraseLateFiles(deps))
  expect(await events.emitted(FileDeleted)).toHaveLength(3)
  expect(await erasures(deps)).toBe(0)
})
