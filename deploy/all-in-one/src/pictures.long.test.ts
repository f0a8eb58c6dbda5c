import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataFolder, Platform } from './testing/platform.ts'
import { Shopper } from './testing/shopper.ts'

const folder = dataFolder()
let platform: Platform
let url: string
beforeAll(async () => {
  platform = Platform.launch({ dataDir: folder.dataDir })
  url = await platform.ready()
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

/** One red pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
/** What replaces another is looked for once a minute. */
const patience = { timeout: 150_000, interval: 200 }

/** Asks a service for an upload, sends the form as a browser does, and says so. */
async function upload(person: Shopper, ask: string): Promise<string> {
  const facts = { filename: 'a.png', size: picture.length, contentType: 'image/png' }
  const { json } = await person.send('POST', ask, facts)
  const form = new FormData()
  for (const [name, value] of Object.entries(json.upload.fields as Record<string, string>)) form.append(name, value)
  form.append('file', new Blob([picture]))
  expect((await fetch(json.upload.url, { method: 'POST', body: form })).status).toBe(204)
  expect((await person.send('POST', `/files/v1/uploads/${json.fileId}/complete`)).status).toBe(202)
  return json.fileId as string
}

test('pictures of products and people are uploaded, shown, and gone once others have replaced them', async () => {
  const { ADMIN_PASSWORD: password } = JSON.parse(readFileSync(`${folder.dataDir}/secrets.json`, 'utf8'))
  const admin = new Shopper(url)
  await admin.logIn({ email: 'admin@slipway.example', password })
  const { items } = (await admin.send('GET', '/cart/v1/products?limit=1')).json
  const product = `/cart/v1/products/${items[0].id}`
  const imageUrl = async () => (await new Shopper(url).send('GET', product)).json.imageUrl as string | undefined
  const avatar = async () => (await admin.send('GET', '/sso/v1/me')).json.avatarFileId as string | undefined
  const shown = (fileId: string) => fetch(`${url}/files/public/${fileId}`)
  const kept = async (fileId: string) => (await admin.send('GET', `/files/v1/files/${fileId}`)).status

  const [image, face] = [await upload(admin, `${product}/image`), await upload(admin, '/sso/v1/me/avatar')]
  await vi.waitFor(async () => {
    expect(await imageUrl()).toBe(`${url}/files/public/${image}`)
    expect(await avatar()).toBe(face)
  }, patience)
  const served = await shown(image)
  expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png'])

  const [newImage, newFace] = [await upload(admin, `${product}/image`), await upload(admin, '/sso/v1/me/avatar')]
  await vi.waitFor(async () => {
    expect([await imageUrl(), await avatar()]).toEqual([`${url}/files/public/${newImage}`, newFace])
    expect([(await shown(image)).status, await kept(face)]).toEqual([404, 404])
  }, patience)
  expect([(await shown(newImage)).status, await kept(newFace)]).toEqual([200, 200])
})
