import { FileExpired, FileReady } from '@slipway/contracts/files'
import type { ServiceFixtures } from '@slipway/testing'
import { beforeEach, expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { expectNothingLeft } from '../testing/aftermath.ts'
import { atEveryStep, dying, killAt } from '../testing/dying.ts'
import { pdf } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { check, complete, reserve, run, see, send, wanted } from '../testing/uploading.ts'
import { NoticeUploads } from './notice-uploads.job.ts'

type World = Pick<ServiceFixtures<Deps>, 'api' | 'deps' | 'events' | 'clock'>

const minute = 60_000
const year = 366 * 24 * 60 * minute

beforeEach<World>(({ clock }) => clock.set(new Date(Date.now() + year)))

async function told({ events }: World, from: number) {
  return (await events.emitted()).slice(from).map(({ type }) => type)
}

test('killed at any step of a reservation: it is there or not, and what nobody heard of ends', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await atEveryStep(2, async (at, when) => {
    const before = (await events.emitted()).length
    const process = killAt(deps, at, when)
    const { status } = await reserve(api, wanted(pdf()))
    process.revive()
    expect({ at, when, status }).toEqual({ at, when, status: process.killed() ? 500 : 201 })
    const kept = (await deps.database.sql.query(`SELECT FROM files WHERE status = 'reserved'`)).rowCount
    expect({ at, when, kept }).toEqual({ at, when, kept: at === 1 && when === 'before' ? 0 : 1 })

    clock.advance(26 * minute)
    await run(new NoticeUploads(deps))
    await run(new NoticeUploads(deps))
    expect(await told(world, before)).toEqual(kept ? [FileExpired.type] : [])
    await expectNothingLeft(world)
    return process
  })
})

/** How a completion that died is gone on with. */
const ways = {
  'its person says so again': ({ api }: World, fileId: string) => complete(api, fileId),
  'the sweep notices it': async ({ deps, clock }: World) => {
    clock.advance(2 * minute)
    await run(new NoticeUploads(deps))
  },
  both: async (world: World, fileId: string) => {
    world.clock.advance(2 * minute)
    await run(new NoticeUploads(world.deps))
    await complete(world.api, fileId)
  },
}

test.for(Object.entries(ways))(
  'killed at any step of a completion, and %s: one outcome, one event, nothing left behind',
  async ([, goOn], { api, deps, events, clock }) => {
    const world = { api, deps, events, clock }
    await atEveryStep(2, async (at, when) => {
      const before = (await events.emitted()).length
      const fileId = await sent(world)
      const process = killAt(deps, at, when)
      const { status } = await complete(api, fileId)
      process.revive()
      expect({ at, when, status }).toEqual({ at, when, status: process.killed() ? 500 : 202 })

      await goOn(world, fileId)
      await endsReady(world, fileId, before)
      return process
    })
  },
)

test('killed at any step while the sweep notices an upload: one outcome, one event, nothing left behind', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await atEveryStep(4, async (at, when) => {
    const before = (await events.emitted()).length
    const fileId = await sent(world)
    clock.advance(minute)
    const process = dying(deps, at, when)
    await run(new NoticeUploads(process.deps)).catch(() => [])
    clock.advance(2 * minute)
    await run(new NoticeUploads(deps))
    await endsReady(world, fileId, before)
    return process
  })
})

test('killed at any step while a reservation expires: one event, and its quota is given back once', async ({
  api,
  deps,
  events,
  clock,
}) => {
  const world = { api, deps, events, clock }
  await atEveryStep(4, async (at, when) => {
    const before = (await events.emitted()).length
    await reserve(api, wanted(pdf()))
    clock.advance(26 * minute)
    const process = dying(deps, at, when)
    await run(new NoticeUploads(process.deps)).catch(() => [])
    clock.advance(2 * minute)
    await run(new NoticeUploads(deps))
    expect(await told(world, before)).toEqual([FileExpired.type])
    await expectNothingLeft(world)
    return process
  })
})

/** Reserved and sent; nobody has said so. */
async function sent({ api }: World): Promise<string> {
  const { json } = await reserve(api, wanted(pdf()))
  await send(api, json.upload, pdf())
  return json.fileId as string
}

async function endsReady(world: World, fileId: string, before: number) {
  await check(world)
  expect((await see(world.api, fileId)).json.status).toBe('ready')
  expect(await told(world, before)).toEqual([FileReady.type])
  await expectNothingLeft(world)
}
