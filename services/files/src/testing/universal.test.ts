import { service, tokenOf, universalTests, type Arrange } from '@slipway/testing'
import { files } from '../app.ts'
import type { Deps } from '../deps.ts'
import { environment } from './environment.ts'
import { pdf, png } from './samples.ts'
import { encoded } from './sending.ts'
import { reserve, send, shopkeeper, uploadChecked, upload, wanted } from './uploading.ts'

const cart = service('cart')
const picture = { filename: 'mug.png', purpose: 'product-image' } as const

/** A service uploads for its own purpose, as itself. */
const asCart = async () => ({ authorization: `Bearer ${await tokenOf(cart)}` })

const withFile: Arrange<Deps> = async (world, person, way) => {
  if (way !== 'service') return { params: { fileId: (await upload(world, pdf(), {}, person)).fileId } }
  const { fileId } = await upload(world, await png(), picture, cart)
  return { params: { fileId }, headers: await asCart() }
}

universalTests(files.definition, {
  environment,
  publicRoutes: ['GET /files/public/:fileId'],
  signedRoutes: ['POST /files/store/uploads', 'GET /files/store/*'],
  owned: {
    'GET /files/v1/files/:fileId': withFile,
    'DELETE /files/v1/files/:fileId': withFile,
    'POST /files/v1/uploads/:fileId/complete': async (world, person, way) => {
      if (way === 'service') return withFile(world, person, way)
      const { api } = world
      const { json } = await reserve(api, wanted(pdf()), person)
      await send(api, json.upload, pdf())
      return { params: { fileId: json.fileId } }
    },
  },
  requests: {
    'POST /files/v1/uploads': async (_world, _person, way) =>
      way === 'service' ? { body: wanted(await png(), picture), headers: await asCart() } : { body: wanted(pdf()) },
    'GET /files/public/:fileId': async (world) => {
      const { fileId } = await uploadChecked(world, await png(), picture, shopkeeper)
      return { params: { fileId } }
    },
    'POST /files/store/uploads': async ({ api }, person) => {
      const { json } = await reserve(api, wanted(pdf()), person)
      const { headers, body } = await encoded(json.upload, pdf())
      return { headers, payload: body.toString() }
    },
    'GET /files/store/*': async (world, person) => {
      const { fileId } = await uploadChecked(world, pdf(), {}, person)
      const { json } = await world.api.as(person).get(`/files/v1/files/${fileId}`)
      const link = new URL(json.download.url)
      const query = Object.fromEntries(link.searchParams)
      return { params: { '*': link.pathname.replace('/files/store/', '') }, query }
    },
  },
})
