import { FileDeleted, FileExpired, FileReady, filesContract } from '@slipway/contracts/files'
import { problem } from '@slipway/testing'
import { expect } from 'vitest'
import { picture, reservation } from '../testing/pictures.ts'
import { mug, sampleId } from '../testing/samples.ts'
import { shopkeeper, shopper } from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const image = `/cart/v1/products/${mug.id}/image`
const product = `/cart/v1/products/${mug.id}`
const urlOf = (number: number) => `http://slipway.test/files/public/${sampleId(number)}`

/** An event of Files about a picture of the mug. */
const about = (number: number, version: number, more: object = {}) => ({
  subject: sampleId(number),
  version,
  data: { fileId: sampleId(number), ownerService: 'cart', purpose: 'product-image', subject: mug.id, ...more },
})
const ready = (number: number, version = 4) => about(number, version, { url: urlOf(number) })

test('Files is asked on behalf of the shopkeeper, and its form comes back', async ({ api, deps, neighbours }) => {
  await deps.products.add([mug])
  neighbours.files.replies(filesContract.reserve, { status: 201, json: reservation })
  expect(await api.as(shopkeeper).post(image, picture)).toMatchObject({ status: 201, json: reservation })
  const [asked] = neighbours.files.requests
  expect(asked).toMatchObject({ body: { ...picture, purpose: 'product-image', subject: mug.id } })
})

test('what Files refuses is refused with its code', async ({ api, deps, neighbours }) => {
  await deps.products.add([mug])
  neighbours.files.replies(filesContract.reserve, {
    status: 400,
    problem: { code: 'FILE_TOO_LARGE', detail: 'Too large', maxBytes: 10_485_760 },
  })
  expect(await api.as(shopkeeper).post(image, picture)).toMatchReference(
    problem(400, 'FILE_TOO_LARGE', image, { maxBytes: 10_485_760 }),
  )
})

test('nobody asks for a product that is not there, or without the right', async ({ api, neighbours }) => {
  expect((await api.as(shopkeeper).post(image, picture)).json).toMatchObject({ status: 404, code: 'PRODUCT_NOT_FOUND' })
  expect((await api.as(shopper).post(image, picture)).json).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
  expect(neighbours.files.requests).toEqual([])
})

test('a product shows its picture from when it is ready until it is gone', async ({ api, deps, events }) => {
  await deps.products.add([mug])
  expect((await api.get(product)).json).toEqual(mug)
  await events.deliver(FileReady, ready(700))
  expect((await api.get(product)).json).toEqual({ ...mug, imageUrl: urlOf(700) })
  expect((await api.get('/cart/v1/products')).json.items).toEqual([{ ...mug, imageUrl: urlOf(700) }])
  await events.deliver(FileDeleted, about(700, 5, { reason: 'DELETED' }))
  expect((await api.get(product)).json).toEqual(mug)
})

test('the newest picture is shown, and never again one that it has replaced', async ({ api, deps, events }) => {
  await deps.products.add([mug])
  await events.deliver(FileReady, ready(701))
  await events.deliver(FileReady, ready(700)) // asked for earlier, checked later
  expect((await api.get(product)).json.imageUrl).toBe(urlOf(701))
  await events.deliver(FileExpired, about(701, 5))
  expect((await api.get(product)).json).toEqual(mug)
})

test('the end of a picture counts, however late the news that it was ready comes', async ({ api, deps, events }) => {
  await deps.products.add([mug])
  await events.deliver(FileDeleted, about(700, 5))
  await events.deliver(FileReady, ready(700, 4))
  await events.deliver(FileReady, ready(700, 4))
  expect((await api.get(product)).json).toEqual(mug)
})

test('files of others, and of no product of ours, change nothing', async ({ api, deps, events }) => {
  await deps.products.add([mug])
  const { data, ...rest } = ready(700)
  for (const change of [{ ownerService: 'sso' }, { purpose: 'avatar' }, { subject: 'a-mug' }]) {
    const outcome = await events.deliver(FileReady, { ...rest, data: { ...data, ...change } })
    expect(outcome).toEqual({ 'keep-product-image': 'skipped' })
  }
  await events.deliver(FileReady, { ...rest, data: { ...data, subject: sampleId(9) } })
  expect((await api.get(product)).json).toEqual(mug)
})

test.fresh('news of many pictures at once end with the newest', async ({ api, deps, events }) => {
  await deps.products.add([mug])
  await Promise.all([703, 701, 705, 702, 704].map((number) => events.deliver(FileReady, ready(number))))
  expect((await api.get(product)).json.imageUrl).toBe(urlOf(705))
})
