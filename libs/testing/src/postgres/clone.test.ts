import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asAdmin, databaseUrl, dropDatabase } from './admin.ts'
import { cloneForTest, cloneForWorker } from './clone.ts'
import { databasesLike, freshService } from './testing/databases.ts'

const adminUrl = inject('postgresUrl')
const template = `template_${freshService().replace('-', '_')}_0011223344556677`
const databases = () => databasesLike(template)

beforeAll(async () => {
  await asAdmin(adminUrl, (admin) => admin.query(`CREATE DATABASE ${template}`))
  await asAdmin(databaseUrl(adminUrl, template), (client) => client.query('CREATE TABLE shelf AS SELECT 7 AS id'))
})
afterAll(() =>
  asAdmin(adminUrl, async (admin) => {
    for (const { name } of await databases()) await dropDatabase(admin, name)
  }),
)

const shelf = (url: string) => asAdmin(url, async (client) => (await client.query('SELECT * FROM shelf')).rows)
const nameIn = (url: string) => new URL(url).pathname.slice(1)

test('workers that run at once have different databases, and the next ones take them over', async () => {
  const clones = await Promise.all([cloneForWorker(adminUrl, template), cloneForWorker(adminUrl, template)])
  const names = [`worker_1_of_${template}`, `worker_2_of_${template}`]
  expect(clones.map(({ url }) => nameIn(url)).toSorted()).toEqual(names)
  for (const { url } of clones) expect(await shelf(url)).toEqual([{ id: 7 }])
  const before = await databases()
  await Promise.all(clones.map(({ release }) => release()))

  await expect.poll(() => locks(names)).toBe(0)
  const next = await cloneForWorker(adminUrl, template)
  expect(nameIn(next.url)).toBe(names[0])
  await next.release()
  expect(await databases()).toEqual(before)
})

test('a copy that fails leaves the place to the next', async () => {
  const nowhere = `${template}_nowhere`
  await expect(cloneForWorker(adminUrl, nowhere)).rejects.toThrow(`template database "${nowhere}" does not exist`)
  await expect.poll(() => locks([`worker_1_of_${nowhere}`])).toBe(0)
})

test('the database of one test goes with it', async () => {
  const { url, release } = await cloneForTest(adminUrl, template)
  expect(await shelf(url)).toEqual([{ id: 7 }])
  await release()
  await expect(shelf(url)).rejects.toMatchObject({ code: '3D000' })
})

/** How many connections have one of the databases for themselves: such a lock is kept in two halves. */
const locks = (names: readonly string[]) =>
  asAdmin(adminUrl, async (admin) => {
    const { rowCount } = await admin.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
       AND objid::bigint = ANY (SELECT hashtext(name)::bigint & x'ffffffff'::bigint FROM unnest($1::text[]) AS name)`,
      [names],
    )
    return rowCount
  })
