import type { Contract } from '@slipway/s2s'
import type { BaseDeps, ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { permissionsOf } from './access/callers.ts'
import { checkAccess } from './access/check-access.ts'
import { checkOpenRoutes } from './access/check-open-routes.ts'
import { checkOwners } from './access/check-owners.ts'
import { checkInput } from './input/check-input.ts'
import { migrationTests } from './migration-tests.ts'
import { arrangeIn, runs, seed, type UniversalOptions } from './options.ts'
import { checkDebugInfo } from './platform/check-debug-info.ts'
import { checkDocs } from './platform/check-docs.ts'
import { failureTests } from './failure-tests.ts'
import { checkAnswers } from './response/check-answers.ts'
import { startUniverse } from './universe.ts'

/**
 * Registers the tests that every service must pass: who may call its routes, what it makes of any input, whether its
 * answers, documents, health and error reports tell the truth, and whether its migrations can be undone.
 */
export function universalTests<
  Schema extends TObject,
  Tx,
  Deps extends BaseDeps<Tx>,
  Known extends Readonly<Record<string, Contract>> = Record<never, Contract>,
>(definition: ServiceDefinition<Schema, Tx, Deps>, told: UniversalOptions<Deps, Known> = {}) {
  const options = told as UniversalOptions<Deps> // the names matter to whoever arranges, not in here
  const { name, version } = definition
  const { publicRoutes = [], signedRoutes = [], owned = {}, notOwned = [] } = options

  describe(`${name} as any service`, () => {
    let universe: Awaited<ReturnType<typeof startUniverse<Schema, Tx, Deps>>>
    let arrange: ReturnType<typeof arrangeIn>
    let stop = async () => {}
    beforeAll(async () => {
      universe = await startUniverse(definition, options)
      arrange = arrangeIn(options, universe.fixtures)
      stop = universe.stop
    })
    afterAll(() => stop())
    const checked = () => ({ app: universe.app, routes: universe.routes, service: name, seed, arrange })

    test('only the listed routes are open', () => {
      checkOpenRoutes({ name, routes: universe.routes, publicRoutes, signedRoutes })
    })
    test('every route refuses whoever may not call it', async () => {
      await checkAccess({ ...checked(), permissions: permissionsOf(universe.routes) })
    })
    test('nobody sees or changes what belongs to another', async () => {
      await checkOwners({ ...checked(), owned: Object.keys(owned), notOwned })
    })
    test(`every input is answered (seed ${seed})`, async () => {
      const { fixtures, service } = universe
      const { logs, neighbours } = fixtures
      await checkInput({ ...checked(), logs, neighbours, bodyLimit: service.settings.BODY_LIMIT_BYTES, runs })
    })
    test('every route answers as it declares', async () => {
      await checkAnswers(checked())
    })
    test('the documents tell of every route', async () => {
      await checkDocs(checked())
    })
    test('debug information tells of everything but secrets', async () => {
      const { properties } = definition.settings
      const secrets = Object.keys(properties).filter((key) => (properties[key] as { secret?: boolean }).secret)
      await checkDebugInfo({ ...checked(), version, settings: { ...universe.service.settings }, secrets })
    })

    failureTests(definition, options)
    migrationTests(definition, options, () => universe.databaseUrl)
  })
}
