import { expect, test } from 'vitest'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkHealth, checkNotReady } from './check-health.ts'

/** A database that can be taken down, and an app that asks it in its own way. */
async function check(ping: (isDown: () => boolean) => Promise<void>) {
  let down = false
  const { app } = await startMiniApp({ routes: () => {}, ping: () => ping(() => down) })
  const turn = (to: boolean) => async () => void (down = to)
  const dependencies = [{ name: 'database', down: turn(true), up: turn(false) }]
  await checkHealth({ app, service: 'shop', dependencies, patienceMs: 100 })
}

const refused = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432'))

test('a service that asks its database passes', async () => {
  await check(async (isDown) => (isDown() ? refused() : undefined))
})

test('a readiness that does not ask is found', async () => {
  await expect(check(async () => {})).rejects.toThrow(
    'GET /shop/health/ready: while database is down: 200 {"status":"ok"} instead of 503 NOT_READY',
  )
})

test('a service that does not find its database again is found', async () => {
  let seen = false
  const once = async (isDown: () => boolean) => {
    seen ||= isDown()
    if (seen) await refused()
  }
  await expect(check(once)).rejects.toThrow('after database came back: 503')
})

test('a readiness that tells where the database is, is found', async () => {
  const { app } = await startMiniApp({
    routes(scope) {
      scope.addHook('onSend', async (_request, _reply, payload) =>
        String(payload).replace('Not ready', 'Not ready at 10.0.0.7'),
      )
    },
    ping: refused,
  })
  await expect(checkNotReady(app, 'shop', ['database'])).rejects.toThrow(
    'detail "Not ready at 10.0.0.7: database" instead of "Not ready: database"',
  )
})
