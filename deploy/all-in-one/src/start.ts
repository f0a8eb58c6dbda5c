import type { Environment } from '@slipway/config'
import { migrateUp } from '@slipway/database'
import { services as listed } from '@slipway/platform'
import { listenForMetrics, type Service } from '@slipway/service-kit'
import { emptyDataFolder, openDataFolder } from './data-folder.ts'
import { openDatabases } from './databases.ts'
import { serviceEnvironments } from './environments.ts'
import { FrontDoor } from './front-door.ts'
import type { Options } from './options.ts'
import { refuseDevelopmentParts } from './production.ts'
import { readSecrets } from './secrets.ts'
import { stopWhenTold } from './stop.ts'
import { progress, summary } from './terminal.ts'

const startedAt = performance.now()

/** Waits for all, so that nothing is still under way when the first failure, if any, is thrown. */
async function allSettled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

/**
 * The whole platform in this process: the data folder's lock, the port, PostgreSQL, migrations, services, work.
 * What was started before something failed is stopped again, last first.
 *
 * @throws Refusal, InvalidSettings, EmbeddedPostgresError, MigrationFailed
 */
export async function start(options: Options, environment: Environment): Promise<void> {
  const { dataDir, production } = options
  const log = progress()
  const undo: (() => unknown)[] = []

  try {
    if (production) refuseDevelopmentParts(environment)
    const loading = import('./services.ts') // takes a while: PostgreSQL starts meanwhile
    const door = await FrontDoor.open(options.host, options.port)
    undo.push(() => door.drain(0))
    const lock = await openDataFolder(dataDir)
    undo.push(() => lock.release())
    if (options.reset)
      await emptyDataFolder(dataDir, readSecrets(dataDir, environment, production)['POSTGRES_PASSWORD']!)
    const secrets = readSecrets(dataDir, environment, production)

    log('Starting PostgreSQL')
    const entries = listed.filter(({ development }) => !(production && development))
    const names = [
      ...entries.filter(({ needs }) => needs.includes('database')).map(({ name }) => name),
      ...(environment['AMQP_URL'] ? [] : ['events']),
    ]
    const { urls, postgres } = await openDatabases(names, environment, {
      dataDir,
      password: secrets['POSTGRES_PASSWORD']!,
      log,
    })
    if (postgres) undo.push(() => postgres.stop())

    log('Starting services')
    const origin =
      environment['PUBLIC_URL'] ?? `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${door.port}`
    const environments = serviceEnvironments({
      services: entries,
      environment,
      origin,
      local: `http://127.0.0.1:${door.port}`,
      databases: urls,
      secrets,
      dataDir,
      production,
    })
    const services = (await loading).services.filter(({ name }) => environments[name])
    await allSettled(
      services.filter(({ name }) => urls[name]).map(({ name, migrations }) => migrateUp(urls[name]!, migrations)),
    )
    const build = async (service: Service) => {
      const built = await service.build(environments[service.name]!)
      undo.push(() => built.stop(0))
      return built
    }
    const built = await allSettled(services.map(build))
    const metrics = await listenForMetrics(
      '127.0.0.1',
      Number(environment['METRICS_PORT'] ?? 0),
      built.map(({ observability }) => observability),
    )
    undo.push(() => metrics.close())

    door.serve(built)
    const running = { door, metrics, services: built, postgres, lock }
    stopWhenTold(running, { startedByNpm: options.startedByNpm, log })
    await Promise.all(built.map((service) => service.work()))
    summary({
      origin,
      metrics,
      dataDir,
      secrets,
      production,
      seconds: (performance.now() - startedAt) / 1_000,
    })
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }
}
