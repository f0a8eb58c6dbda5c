import { FileDeleted, FileReady, filesContract } from '@slipway/contracts/files'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { mug, sampleId } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { DeleteReplacedImages } from './delete-replaced-images.job.ts'

const { remove } = filesContract
const urlOf = (number: number) => `http://slipway.test/files/public/${sampleId(number)}`

/** An event of Files about a picture of the mug. */
const about = (number: number, version: number, more: object = {}) => ({
  subject: sampleId(number),
  version,
  data: { fileId: sampleId(number), ownerService: 'cart', purpose: 'product-image', subject: mug.id, ...more },
})
const ready = (number: number) => about(number, 4, { url: urlOf(number) })

async function tick(deps: Deps, signal = new AbortController().signal) {
  const { logger } = deps.observability
  await new DeleteReplacedImages(deps).run({ tick: new Date(), signal, logger })
}

test('a replaced picture is deleted at Files, as cart itself, and not asked for again', async ({
  api,
  deps,
  events,
  neighbours,
}) => {
  await deps.products.add([mug])
  await events.deliver(FileReady, ready(700))
  await tick(deps)
  expect(neighbours.files.requests).toEqual([]) // it is the only one

  await events.deliver(FileReady, ready(701))
  neighbours.files.replies(remove, { params: { fileId: sampleId(700) }, status: 204 })
  await tick(deps)
  await tick(deps)
  await events.deliver(FileDeleted, about(700, 5))
  await tick(deps)
  expect(neighbours.files.requests).toMatchObject([{ method: 'DELETE', path: `/files/v1/files/${sampleId(700)}` }])
  expect((await api.get(`/cart/v1/products/${mug.id}`)).json.imageUrl).toBe(urlOf(701))
})

test('one that is ready only when a newer one is has been replaced just as well', async ({
  deps,
  events,
  neighbours,
}) => {
  await deps.products.add([mug])
  await events.deliver(FileReady, ready(701))
  await events.deliver(FileReady, ready(700))
  neighbours.files.replies(remove, { params: { fileId: sampleId(700) }, status: 204 })
  await tick(deps)
})

test('what Files cannot delete now is asked for again, and holds up no other', async ({ deps, events, neighbours }) => {
  await deps.products.add([mug])
  for (const number of [700, 701, 702]) await events.deliver(FileReady, ready(number))
  neighbours.files.replies(remove, {
    params: { fileId: sampleId(700) },
    status: 500,
    problem: { code: 'INTERNAL' },
    offContract: true,
  })
  neighbours.files.replies(remove, { params: { fileId: sampleId(701) }, status: 204 })
  await tick(deps)
  neighbours.files.replies(remove, {
    params: { fileId: sampleId(700) },
    status: 404, // it was done, and the answer lost
    problem: { code: 'FILE_NOT_FOUND' },
  })
  await tick(deps)
  await tick(deps)
  expect(neighbours.files.requests).toHaveLength(3)
})

test('one that Files has deleted by itself is not asked for; news that come twice bring nothing back', async ({
  api,
  deps,
  events,
  neighbours,
}) => {
  await deps.products.add([mug])
  for (const number of [700, 701]) await events.deliver(FileReady, ready(number))
  await events.deliver(FileDeleted, about(700, 5))
  await events.deliver(FileReady, ready(700))
  await tick(deps)
  expect(neighbours.files.requests).toEqual([])
  await events.deliver(FileDeleted, about(701, 5))
  expect((await api.get(`/cart/v1/products/${mug.id}`)).json).toEqual(mug)
})

test('all of many are deleted, a page at a time', async ({ deps, events, neighbours }) => {
  await deps.products.add([mug])
  for (let number = 700; number <= 760; number++) await events.deliver(FileReady, ready(number))
  neighbours.files.answers(remove, () => ({ status: 204 }))
  await tick(deps)
  expect(new Set(neighbours.files.requests.map(({ path }) => path)).size).toBe(60)
})
