import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Gauge } from '@slipway/observability'
import { expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'
import { listenForMetrics } from './metrics-listener.ts'

test('what cannot be measured is a 500, and the process goes on', async () => {
  const { observability } = await testApp(() => {})
  const server = await listenForMetrics('127.0.0.1', 0, [observability])
  onTestFinished(async () => {
    server.close()
    await once(server, 'close')
  })
  const ask = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)

  let broken = true
  new Gauge({
    name: 'cargo',
    help: 'Crates on board',
    registers: [observability.metrics],
    collect() {
      if (broken) throw new Error('the hold is locked')
      this.set(3)
    },
  })
  expect((await ask('/metrics')).status).toBe(500)
  broken = false
  expect(await (await ask('/metrics')).text()).toMatch(/^cargo\S* 3$/m)
  expect((await ask('/elsewhere')).status).toBe(404)
})
