import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { processDatabase } from '@slipway/database/testing'
import { afterEach, expect, inject, test } from 'vitest'
import { asAdmin, databasesOf, dropDatabase } from './admin.ts'
import { cloneForWorker } from './clone.ts'
import { dropKept, sweepAbandoned } from './sweep.ts'
import { databasesLike, freshService } from './testing/databases.ts'

const adminUrl = inject('postgresUrl')
const service = freshService()
const inName = service.replace('-', '_')
const made: string[] = []

async function create(...names: string[]) {
  made.push(...names)
  await asAdmin(adminUrl, async (admin) => {
    for (const name of names) await admin.query(`CREATE DATABASE ${name}`)
  })
}
afterEach(() =>
  asAdmin(adminUrl, async (admin) => {
    for (const name of made.splice(0)) await dropDatabase(admin, name)
  }),
)

test('databases of dead processes are dropped, whatever they were for; those of living ones stay', async () => {
  const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(gone, 'exit')
  const own = ['fresh', 'scratch', 'broker', 'rollback'].map(processDatabase)
  const left = own.map((name) => name.replace(`_${process.pid}_`, `_${gone.pid}_`))
  await create(...own, ...left)
  await sweepAbandoned(adminUrl)
  const found = await asAdmin(adminUrl, databasesOf)
  expect(own.filter((name) => found.includes(name))).toEqual(own)
  expect(left.filter((name) => found.includes(name))).toEqual([])
})

test('to start afresh, what is kept for tests is dropped unless somebody uses it', async () => {
  const template = `template_${inName}_0011223344556677`
  const clones = [`worker_1_of_${template}`, `worker_2_of_${template}`]
  const foreign = [`template_${inName}`, `my_template_${inName}_0011223344556677`]
  await create(template, clones[1]!, `building_${template}`, ...foreign)
  const used = await cloneForWorker(adminUrl, template)
  made.push(clones[0]!)
  await dropKept(adminUrl, service)
  const names = (await databasesLike(service)).map(({ name }) => name)
  expect(names).toEqual([clones[0], ...foreign].toSorted())
  await used.release()
})
