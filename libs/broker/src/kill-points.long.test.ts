import { describe, expect, test, vi } from 'vitest'
import { createEffects, effectsOf } from './testing/effects.ts'
import { engines, testDelaysMs } from './testing/engines.ts'
import { launch } from './testing/kill-points/killable.ts'
import { killPoints, type KillPoint } from './testing/kill-points/points.ts'
import { scratchDatabase } from './testing/scratch-database.ts'
import { testSettings } from './testing/settings.ts'

/** KILL_POINTS=all for every one; these, where most can go wrong, otherwise. */
const few: KillPoint[] = ['after publish', 'after confirm', 'after inbox commit', 'after retry publish']
const chosen = process.env['KILL_POINTS'] === 'all' ? killPoints : few

const emits = 6
const queues = ['shop.ship', 'shop.ship-late', 'shop.ship-never']
/** A worker that vanished is noticed within thirty seconds on PostgreSQL. */
const patience = { timeout: 60_000, interval: 100 }

describe.each(engines)('%s: a process killed', { concurrent: true }, (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')

  test.for(chosen)(
    '%s leaves each event with exactly one effect',
    { timeout: 120_000 },
    async (killAt, { onTestFinished }) => {
      const engine = await create()
      const database = await scratchDatabase()
      await database.pool.query(createEffects)
      const settings = { ...testSettings(engine.settings()), JOB_RETRY_DELAYS_MS: testDelaysMs.join(',') }
      const orders = { databaseUrl: database.url, settings }
      const observer = engine.open()
      await observer.start()

      const killed = await launch({ ...orders, emits, killAt }, onTestFinished).ended
      expect(killed.how, killed.said).toBe('SIGKILL')
      const { emitted = [] } = await effectsOf(database.pool)

      const dead = async () => {
        const letters = await observer.listDead('shop.ship-never', 100)
        return new Set(letters.map(({ body }) => (JSON.parse(body) as { data: { parcels: number } }).data.parcels))
      }
      const toPublish = async () =>
        (await database.pool.query("SELECT FROM messaging.outbox WHERE state <> 'published'")).rowCount
      const settle = async () => {
        const heir = launch({ ...orders, emits: 0 }, onTestFinished)
        await vi.waitFor(async () => {
          expect(await toPublish()).toBe(0) // what was published and not marked comes again when its lease is over
          const { ship = [], 'ship-late': late = [] } = await effectsOf(database.pool)
          expect([ship.length, late.length]).toEqual([emitted.length, emitted.length])
          expect((await dead()).size).toBe(emitted.length)
          expect(await engine.waiting(queues)).toBe(0)
        }, patience)
        expect(await heir.stop()).toMatchObject({ how: 0 })
        return engine.waiting(queues)
      }
      // RabbitMQ does not tell what a process has in hand: what it gives back when it stops is for the next one
      let left = await settle()
      for (let heirs = 1; left > 0 && heirs < 5; heirs++) left = await settle()
      expect(left).toBe(0)
      expect(await effectsOf(database.pool)).toEqual({ emitted, ship: emitted, 'ship-late': emitted })
      expect([...(await dead())].toSorted()).toEqual(emitted)
      await observer.close()
      await engine.remove(queues)
      await database.drop()
    },
  )
})
