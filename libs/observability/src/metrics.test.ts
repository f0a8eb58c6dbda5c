import { Counter } from 'prom-client'
import { expect, test } from 'vitest'
import { createRegistry } from './metrics.ts'

test('metrics of two services in one process do not mix; those of the process are in both', async () => {
  const [cart, files] = [createRegistry('cart'), createRegistry('files')]
  const options = { name: 'things_total', help: 'Things' }
  new Counter({ ...options, registers: [cart] }).inc(2)
  new Counter({ ...options, registers: [files] }).inc(3)

  const [ofCart, ofFiles] = [await cart.metrics(), await files.metrics()]
  expect(ofCart).toContain('things_total{service="cart"} 2')
  expect(ofFiles).toContain('things_total{service="files"} 3')
  expect(ofCart).not.toContain('files')
  expect(ofCart).toMatch(/process_resident_memory_bytes\{service="cart"\} \d+/)
  expect(ofFiles).toMatch(/nodejs_eventloop_lag_p99_seconds\{service="files"\} \d/)
})
