import type { Client } from './client.ts'
import { any } from './compare.ts'

/** One red pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
const [filename, contentType] = ['me.png', 'image/png']

/** A picture of the shopper: reserved, sent to the store, checked, and served. */
export async function uploadPicture(client: Client, user: { id: string; email: string }) {
  const { fileId, upload } = await client.step('reserve an upload of my picture', {
    method: 'POST',
    path: '/sso/v1/me/avatar',
    body: { filename, contentType, size: picture.length },
    status: 201,
    expected: { fileId: any.id, upload: { method: 'POST', url: any.text, fields: any.thing, expiresAt: any.time } },
  })
  await client.step('send its form to the store', {
    method: 'POST',
    path: upload.url,
    form: { fields: upload.fields, file: picture },
    status: 204,
  })
  const facts = { purpose: 'avatar', filename, contentType, subject: user.id }
  const file = { id: fileId, ...facts, size: any.whole, createdAt: any.time }
  await client.step('say that it is there', {
    method: 'POST',
    path: `/files/v1/uploads/${fileId}/complete`,
    status: 202,
    expected: any.thing,
  })
  const ready = await client.until('see it checked and ready', {
    path: `/files/v1/files/${fileId}`,
    status: 200,
    expected: { ...file, status: 'ready', sha256: any.text, download: { url: any.text, expiresAt: any.time } },
  })
  await client.step('download it', { path: ready.download.url, status: 200, anonymous: true })
  await client.until('see it in my profile', {
    path: '/sso/v1/me',
    status: 200,
    expected: { ...user, emailVerified: any.thing, avatarFileId: fileId },
  })
}
