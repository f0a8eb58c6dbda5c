import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendForm } from '../testing/sending.ts'
import { stores, type TestStore } from '../testing/stores.ts'
import { objectKey, objects, quarantine, quarantineKey } from './keys.ts'
import { ObjectChanged, ObjectMissing, type ObjectStore } from './object-store.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const soon = () => new Date(Date.now() + 60_000)
const hello = Buffer.from('hello, store')
const contentType = 'application/pdf'
/** Two files of one MD5 (Wang, Feng, Lai and Yu, 2004): six bytes differ in their highest bit. */
const colliding = Buffer.from(
  '0THdAsXm7sRpPZoGmK/5XC/KtYcSRn6rQARYPrj7f4lVrTQGCfSzAoPkiIMlcUFaCFEl6PfNyZ/ZHb3ygDc8W9iCPj' +
    'FWNI9brm2s1DbJGcbdU+K0h9oD/QI5YwbSSM2g6Z8zQg9XfujOVLZwgKgNHsaYIby2qIOTlvllK2/3KnA=',
  'base64',
)
const collision = [
  colliding,
  colliding.map((byte, at) => ([19, 45, 59, 83, 109, 123].includes(at) ? byte ^ 0x80 : byte)),
] as const

describe.each(stores)('objects on %s', (name, open) => {
  let opened: TestStore
  let store: ObjectStore
  beforeAll(async () => {
    opened = await open()
    store = opened.store
  })
  afterAll(() => opened.stop())

  const newForm = async (more: { sha256?: string; expiresAt?: Date } = {}) => {
    const key = quarantineKey(randomUUID())
    return { key, form: await store.uploadForm({ key, size: hello.length, contentType, expiresAt: soon(), ...more }) }
  }
  const uploaded = async (bytes = hello) => {
    const key = quarantineKey(randomUUID())
    const form = await store.uploadForm({ key, size: bytes.length, contentType, expiresAt: soon() })
    expect((await sendForm(form, bytes)).status).toBe(204)
    return { key, form, facts: (await store.head(key))! }
  }

  test('a form stores just what it is for', async () => {
    const { key, facts } = await uploaded()
    expect(facts).toEqual({ size: hello.length, etag: expect.any(String) })
    expect(await buffer(await store.read(key, facts.etag))).toEqual(hello)
  })

  test('more or fewer bytes than reserved are refused, and nothing is there', async () => {
    const { key, form } = await newForm()
    for (const bytes of [Buffer.concat([hello, hello]), hello.subarray(1), Buffer.alloc(0), Buffer.alloc(300_000)]) {
      // one that is cut off while it still sends may see no answer
      const status = await sendForm(form, bytes).then(
        (answer) => answer.status,
        () => 400,
      )
      expect(status).toBeGreaterThanOrEqual(400)
    }
    expect(await store.head(key)).toBeUndefined()
  })

  test('another key, another type, a changed or an expired form are refused', async () => {
    const other = quarantineKey(randomUUID())
    const { key, form } = await newForm()
    const changed: Record<string, string>[] = [
      { key: other },
      { key: '../../etc/passwd' },
      { 'Content-Type': 'text/html' },
    ]
    for (const field of Object.keys(form.fields).filter((field) => /policy|signature/i.test(field)))
      changed.push({ [field]: `A${form.fields[field]}` })
    for (const fields of changed) expect((await sendForm(form, hello, { fields })).status).toBe(403)
    const late = await newForm({ expiresAt: new Date(Date.now() - 1_000) })
    expect((await sendForm(late.form, hello)).status).toBe(403)
    for (const missing of [key, other, late.key]) expect(await store.head(missing)).toBeUndefined()
  })

  test('the checksum is in the form', async () => {
    const { form } = await newForm({ sha256: sha256(hello) })
    expect((await sendForm(form, hello)).status).toBe(204)
    // Ceph takes a wrong one: the check of the stored bytes refuses it then
    const wrong = await newForm({ sha256: sha256(Buffer.from('hello, thief')) })
    const { status } = await sendForm(wrong.form, hello)
    expect(name === 'disk' ? [400] : [204, 400, 403]).toContain(status)
  })

  test('just the version that was asked for is read and copied', async () => {
    const { key, form, facts } = await uploaded()
    const to = () => objectKey(randomUUID(), randomUUID())
    const checked = { etag: facts.etag, sha256: sha256(hello), contentType }
    const same = to()
    await store.copy(key, same, checked)
    expect((await store.head(same))?.size).toBe(hello.length)

    // the form is still good: other bytes of the same length replace what was checked
    expect((await sendForm(form, Buffer.from('hello, thief'))).status).toBe(204)
    await expect(store.read(key, facts.etag)).rejects.toThrow(ObjectChanged)
    await expect(store.copy(key, to(), checked)).rejects.toThrow(ObjectChanged)
    expect(await buffer(await store.read(same, (await store.head(same))!.etag))).toEqual(hello)
    const missing = quarantineKey(randomUUID())
    await expect(store.read(missing, facts.etag)).rejects.toThrow(ObjectMissing)
    await expect(store.copy(missing, to(), checked)).rejects.toThrow(ObjectMissing)
  })

  test('other bytes of the same MD5 are not copied', async () => {
    const { key, form, facts } = await uploaded(collision[0])
    expect((await sendForm(form, collision[1])).status).toBe(204)
    const checked = { etag: facts.etag, sha256: sha256(collision[0]), contentType }
    const to = objectKey(randomUUID(), randomUUID())
    await expect(store.copy(key, to, checked)).rejects.toThrow(ObjectChanged)
    await store.delete(to) // a store that found no fault with it has made it
  })

  test('a local file is stored; what is not there is deleted too', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'put-'))
    const file = join(dir, 'picture')
    await writeFile(file, hello)
    const key = objectKey(randomUUID(), randomUUID())
    await store.put(key, file, { contentType })
    await rm(dir, { recursive: true })
    expect((await store.head(key))?.size).toBe(hello.length)
    await store.delete(key)
    await store.delete(key)
    expect(await store.head(key)).toBeUndefined()
  })

  test('a link downloads, whole or in ranges, under the person’s own name for it', async () => {
    const { key } = await uploaded()
    const grant = { key, contentType, filename: 'Отчёт "за" март.pdf', inline: false, expiresAt: soon() }
    const url = await store.downloadUrl(grant)
    const whole = await fetch(url)
    expect({ status: whole.status, text: await whole.text() }).toEqual({ status: 200, text: 'hello, store' })
    expect(whole.headers.get('content-type')).toBe(contentType)
    expect(whole.headers.get('content-disposition')).toBe(
      `attachment; filename="_____ ____ ____.pdf"; filename*=UTF-8''${encodeURIComponent(grant.filename)}`,
    )
    const part = await fetch(url, { headers: { range: 'bytes=7-11' } })
    expect({ status: part.status, text: await part.text() }).toEqual({ status: 206, text: 'store' })
    expect(part.headers.get('content-range')).toBe('bytes 7-11/12')
    expect((await fetch(url, { headers: { range: 'bytes=99-' } })).status).toBe(416)
    expect((await fetch(url.replace(key, quarantineKey(randomUUID())))).status).toBe(403)
    if (name === 'disk') expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('a link to what is not there is a 404', async () => {
    const key = objectKey(randomUUID(), randomUUID())
    const url = await store.downloadUrl({ key, contentType, filename: 'x', inline: true, expiresAt: soon() })
    expect((await fetch(url)).status).toBe(404)
  })

  test('objects are listed in the order of their keys, page after page', async () => {
    const keys = Array.from({ length: 7 }, () => objectKey(randomUUID(), randomUUID()))
    await Promise.all(keys.map(async (key) => store.copy(...(await copyOf(key)))))
    const found: string[] = []
    for (let after: string | undefined; ;) {
      const page = await store.list({ prefix: objects, after, limit: 3 })
      expect(page.every(({ size, changedAt }) => size === hello.length && changedAt > new Date(0))).toBe(true)
      found.push(...page.map(({ key }) => key))
      if (page.length < 3) break
      after = found.at(-1)
    }
    expect(found).toEqual(found.toSorted())
    expect(found).toEqual(expect.arrayContaining(keys))
    expect((await store.list({ prefix: quarantine, limit: 100 })).map(({ key }) => key)).not.toContain(keys[0])
  })

  const copyOf = async (to: string) => {
    const { key, facts } = await uploaded()
    return [key, to, { etag: facts.etag, sha256: sha256(hello), contentType }] as const
  }
})
