import type { Environment } from '@slipway/config'
import type { Contract } from '@slipway/s2s'
import { routesOf, type BaseDeps, type ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { inject } from 'vitest'
import { TestClock } from '../fixtures/clock.ts'
import { cloneForTest } from '../postgres/clone.ts'
import { acquireTemplate } from '../postgres/template.ts'
import { startWorld } from '../world.ts'

interface UniverseOptions {
  environment?: Environment
  /** Contracts of other services, by the names that tests use. */
  neighbours?: Readonly<Record<string, Contract>>
}

/**
 * A whole service with a database of its own, whose tokens are ours: also SSO takes its keys from the tests here.
 * Nothing is rolled back; the database goes with it.
 */
export async function startUniverse<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  { environment = {}, neighbours }: UniverseOptions,
) {
  const adminUrl = inject('postgresUrl')
  const template = await acquireTemplate(adminUrl, definition.name, definition.migrations)
  const clone = await cloneForTest(adminUrl, template.name).finally(() => template.release())
  try {
    const clock = TestClock.running()
    const world = await startWorld(
      { ...definition, keys: undefined },
      { environment, neighbours, clock, databaseUrl: clone.url },
    )
    const { app } = world.service
    return {
      ...world,
      app,
      routes: routesOf(app),
      databaseUrl: clone.url,
      stop: () => world.stop().finally(() => clone.release()),
    }
  } catch (error) {
    await clone.release()
    throw error
  }
}
