import { Gauge, type Registry } from '@slipway/observability'
import type pg from 'pg'

/** Connections of the pool by what they do, and work that waits for one. */
export function measurePool(pool: pg.Pool, registry: Registry) {
  new Gauge({
    name: 'db_pool_connections',
    help: 'Connections that are idle or in use, and requests waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}
