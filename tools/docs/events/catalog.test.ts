import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { files, root } from '../files.ts'
import { readCatalog, withEarlier } from './catalog.ts'
import { eventMap } from './event-map.ts'

test('events and jobs are those of the code', async () => {
  const { events, jobs } = await readCatalog()
  const types = events.map(({ type }) => type)
  expect(types).toEqual([...new Set(types)].sort())
  const registered = files('services/*/src/app.ts').filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('  jobs:'),
  )
  expect(new Set(jobs.map(({ service }) => `services/${service}/src/app.ts`))).toEqual(new Set(registered))
  expect(jobs.flatMap((job) => job.types).filter((type) => !types.includes(type))).toEqual([])
})

test('versions before are there too, each once', () => {
  const data = Type.Object({})
  const v1 = { type: 'a.b.c.v1', data }
  const v2 = { type: 'a.b.c.v2', data, earlier: { on: v1, upcast: () => ({}) } }
  expect(withEarlier([v2, v1]).map(({ type }) => type)).toEqual(['a.b.c.v2', 'a.b.c.v1'])
})

test('the map shows who listens, and who announces to nobody', () => {
  const map = eventMap({
    events: [
      { type: 'shop.order.paid.v1', data: Type.Object({}) },
      { type: 'shop.order.void.v1', data: Type.Object({}) },
    ],
    jobs: [{ service: 'mail-room', name: 'send-bill', types: ['shop.order.paid.v1'] }],
  })
  expect(map).toContain('  n_shop[shop] --> n_shop_order_paid_v1([shop.order.paid.v1])\n')
  expect(map).toContain('  n_shop_order_paid_v1 --> n_mail_room_send_bill["mail-room: send-bill"]\n')
  expect(map).toContain('| `shop.order.paid.v1` | shop | `mail-room.send-bill` |\n')
  expect(map).toContain('| `shop.order.void.v1` | shop | none yet |\n')
})
