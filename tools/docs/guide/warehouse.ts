import { brokerVariables, messagingMigrations } from '@slipway/broker'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { serviceVariables, type ServiceDefinition } from '@slipway/service-kit'
import { Type } from 'typebox'
import { buildDeps, type Deps, type Tx } from './deps.ts'
import { FollowStock } from './follow-stock.job.ts'
import { onlyInWorkingHours } from './only-in-working-hours.ts'
import { ShipOrder } from './ship-order.job.ts'

const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
})

/** The service that the guide to events tells of. */
export const warehouse: ServiceDefinition<typeof Settings, Tx, Deps> = {
  name: 'warehouse',
  version: '1.0.0',
  description: 'Stock and shipments',
  settings: Settings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('./migrations/', import.meta.url) }],
  buildDeps,
  routes() {},
  // #region register
  jobs: () => [new FollowStock(), new ShipOrder()],
  workerMiddleware: ({ clock }) => [onlyInWorkingHours('ship-order', clock)],
  // #endregion
}
