import { createBroker } from '@slipway/broker'
import { maskSecrets, readSettings, type Environment } from '@slipway/config'
import { createObservability, type Observability } from '@slipway/observability'
import type { JWTVerifyGetKey } from 'jose'
import type { Static, TObject } from 'typebox'
import { newId, systemClock, type Clock } from '../clock.ts'
import { createApp } from '../server/create-app.ts'
import { claimNames } from '../tokens/claim-names.ts'
import { publishedKeys } from '../tokens/published-keys.ts'
import { createVerifier } from '../tokens/verifier.ts'
import type { BaseDeps, BaseSettings, BuiltService, Service, ServiceDefinition } from './definition.ts'
import { prepare } from './prepare.ts'
import { runCommand } from './run-command.ts'
import { within } from './within.ts'

export function defineService<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
): Service & { definition: ServiceDefinition<Schema, Tx, Deps> } {
  const { name, migrations } = definition
  return {
    name,
    migrations,
    definition,
    async build(environment: Environment) {
      const settings = readSettings(definition.settings, environment)
      definition.checkSettings?.(settings)
      const observability = createObservability({
        service: name,
        version: definition.version,
        settings: settings as unknown as BaseSettings,
      })
      const deps = await definition.buildDeps({ settings, observability, clock: systemClock, newId })
      return assemble(definition, { settings, observability, deps })
    },
    command: (environment, args) => runCommand(definition, environment, args),
  }
}

export interface Parts<Settings, Deps> {
  settings: Settings
  observability: Observability
  deps: Deps
  /** Instead of the definition's own, or SSO's. */
  keys?: JWTVerifyGetKey
  /** By which tokens expire; the system's unless given. */
  clock?: Clock
}

/** Puts a service together from its parts. */
export async function assemble<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  { settings: given, observability, deps, keys, clock = systemClock }: Parts<Static<Schema>, Deps>,
): Promise<BuiltService> {
  const settings = given as unknown as BaseSettings
  const { name, version, description } = definition
  const { database } = deps

  const broker = createBroker<Tx>({
    service: name,
    settings,
    database,
    observability,
    jobs: definition.jobs?.(deps) ?? [],
    periodicJobs: definition.periodicJobs?.(deps) ?? [],
    middleware: definition.workerMiddleware?.(deps) ?? [],
    transaction: (work) => deps.transaction(work),
    transactionMs: settings.DATABASE_TRANSACTION_TIMEOUT_MS,
    connections: settings.DATABASE_POOL_SIZE,
  })
  const verify = createVerifier({
    keys: keys ?? definition.keys?.(deps) ?? publishedKeys(settings, observability),
    claims: claimNames(settings.TOKEN_CLAIMS),
    issuer: settings.TOKEN_ISSUER,
    audience: name,
    clockToleranceSeconds: settings.TOKEN_CLOCK_TOLERANCE_S,
    now: () => clock.now().getTime(),
  })
  await prepare(async () => definition.prepare?.(deps), observability)
  const app = await createApp({
    name,
    version,
    description,
    settings,
    maskedSettings: maskSecrets(definition.settings, given as Record<string, unknown>),
    observability,
    verify,
    readiness: {
      database: () => database.ping(),
      // events wait in the outbox: only a process that does nothing but work cannot do without the broker
      ...(settings.ROLE === 'worker' && { broker: () => broker.ready() }),
    },
    routes: (scoped) => (settings.ROLE === 'worker' ? undefined : definition.routes(scoped, deps)),
  })

  return {
    name,
    settings,
    observability,
    app,
    async work() {
      if (settings.ROLE !== 'api') await broker.start()
    },
    async stop(timeoutMs = settings.STOP_TIMEOUT_MS) {
      const { logger } = observability
      const step = async (name: string, work: Promise<unknown> | undefined) => {
        const finished = await within(timeoutMs, Promise.resolve(work)).catch((err: unknown) =>
          logger.error({ err }, `${name} did not stop`),
        )
        if (finished === false) logger.warn(`${name} had not stopped after ${timeoutMs} ms`)
      }
      await Promise.all([step('the server', app.close()), step('jobs and relay', broker.stop(timeoutMs))])
      // in this order: what closes first may still write
      await step('the service', deps.close?.())
      await step('the database', database.close())
      await observability.close()
    },
  }
}
