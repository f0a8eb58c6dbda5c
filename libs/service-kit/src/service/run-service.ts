import type { Server } from 'node:http'
import { InvalidSettings, readSettings, type Environment } from '@slipway/config'
import { AppError } from '@slipway/errors'
import {
  asDatabaseUnavailable,
  databaseVariables,
  migrateDown,
  MigrationFailed,
  migrateUp,
  migrationStatus,
} from '@slipway/database'
import { Type } from 'typebox'
import type { Service } from './definition.ts'
import { listenForMetrics } from './metrics-listener.ts'
import { whenTold } from './when-told.ts'

/**
 * A service as a process of its own: `node main.ts` serves and works according to ROLE until SIGTERM or SIGINT;
 * `node main.ts migrate up|down|status` looks after its database; its own commands do what they say. Exit code 1 and a sentence on stderr when it cannot.
 */
export async function runService(
  service: Service,
  environment: Environment,
  args: readonly string[] = [],
): Promise<void> {
  try {
    if (args[0] === 'migrate') await migrate(service, environment, args[1])
    else if (args.length > 0) print(await service.command(environment, args), 'none')
    else await serve(service, environment)
  } catch (error) {
    process.stderr.write(`${service.name}: ${sentence(error)}\n`)
    process.exit(1)
  }
}

async function serve(service: Service, environment: Environment) {
  const built = await service.build(environment)
  const { settings, observability, app } = built
  const { logger } = observability

  const fatal = (error: unknown) => {
    logger.fatal({ err: error }, 'the process ends: an error was caught by nobody')
    observability.captureException(error)
    void observability.close().finally(() => process.exit(1))
  }
  process.once('uncaughtException', fatal)
  process.once('unhandledRejection', fatal)

  let metrics: Server | undefined
  const stop = async (signal: string) => {
    logger.info(`stopping on ${signal}`)
    metrics?.close()
    await built.stop()
    process.exit(0)
  }
  whenTold(['SIGTERM', 'SIGINT'], (signal) => stop(signal).catch(fatal))

  await app.listen({ host: settings.HOST, port: settings.PORT })
  if (settings.METRICS_PORT !== undefined) {
    metrics = await listenForMetrics(settings.HOST, settings.METRICS_PORT, [observability])
  }
  await built.work()
  logger.info({ settings: { role: settings.ROLE } }, 'started')
}

const migrationSettings = Type.Object(databaseVariables)

async function migrate({ migrations }: Service, environment: Environment, direction: string | undefined) {
  const { DATABASE_URL, DIRECT_DATABASE_URL: url = DATABASE_URL } = readSettings(migrationSettings, environment)
  const newest = migrations.at(-1)
  if (direction === 'up') return print(await migrateUp(url, migrations))
  if (direction === 'down' && newest) return print(await migrateDown(url, newest))
  if (direction !== 'status') throw new MigrationFailed('migrate takes up, down or status')
  const status = await migrationStatus(url, migrations)
  print(status.map(({ schema, name, applied }) => `${applied ? 'applied' : 'missing'}  ${schema}  ${name}`))
}

const print = (lines: readonly string[], nothing = 'nothing to do') =>
  process.stdout.write(`${lines.join('\n') || nothing}\n`)

function sentence(thrown: unknown): string {
  const error = asDatabaseUnavailable(thrown)
  if (!(error instanceof Error)) return String(error)
  const foreseen = [InvalidSettings, MigrationFailed, AppError].some((type) => error instanceof type)
  return foreseen ? error.message : (error.stack ?? error.message)
}
