import type { Environment } from '@slipway/config'
import { services as listed } from '@slipway/platform'
import { whenTold } from '@slipway/service-kit'
import { openDataFolder } from '../data-folder.ts'
import { openDatabases } from '../databases.ts'
import { logins, serviceEnvironments } from '../environments.ts'
import type { Options } from '../options.ts'
import { Refusal } from '../refusal.ts'
import { readSecrets } from '../secrets.ts'
import { progress } from '../terminal.ts'
import { DevDoor } from './dev-door.ts'
import { ServiceProcess } from './service-process.ts'
import { watchSources } from './watch-sources.ts'

/**
 * The platform for whoever changes it: PostgreSQL, a process per service behind one port, and a new process for each
 * service whose files were touched. With names only those are watched.
 *
 * @throws Refusal, EmbeddedPostgresError
 */
export async function startDev(options: Options, environment: Environment, watched: readonly string[]): Promise<void> {
  const { dataDir } = options
  const log = progress()
  const names = listed.map(({ name }) => name)
  const unknown = watched.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Refusal(`There is no service ${unknown.join(', ')}; there are ${names.join(', ')}`)
  if (options.production) throw new Refusal('npm run dev is for development: NODE_ENV must not be production')

  const door = await DevDoor.open(options.host, options.port)
  const lock = await openDataFolder(dataDir)
  const secrets = readSecrets(dataDir, environment, false)
  log('Starting PostgreSQL')
  const databases = listed.filter(({ needs }) => needs.includes('database')).map(({ name }) => name)
  const { urls, postgres } = await openDatabases([...databases, 'events'], environment, {
    dataDir,
    password: secrets['POSTGRES_PASSWORD']!,
    log,
  })
  const origin = environment['PUBLIC_URL'] ?? `http://${options.host}:${door.port}`
  const environments = serviceEnvironments({
    services: listed,
    environment,
    origin,
    local: `http://127.0.0.1:${door.port}`,
    databases: urls,
    secrets,
    dataDir,
    production: false,
  })

  const processes = new Map(
    names.map((name) => [name, new ServiceProcess({ name, environment: environments[name]!, door, log })]),
  )
  const watchers: { close(): void }[] = []
  const stop = async (code: number) => {
    for (const watcher of watchers) watcher.close()
    await Promise.all([...processes.values()].map((service) => service.stop()))
    door.close()
    await postgres?.stop()
    lock.release()
    process.exit(code)
  }
  whenTold(['SIGINT', 'SIGTERM', 'SIGHUP'], () => void stop(0))

  log('Starting services, each in a process of its own')
  await Promise.all([...processes.values()].map((service) => service.replace({ migrate: true })))
  const eager = watched.length > 0 ? watched : names
  const watcher = watchSources(names, (touched, migrate) => {
    for (const name of touched.filter((each) => eager.includes(each))) void processes.get(name)!.replace({ migrate })
  })
  watchers.push(watcher)
  process.stdout.write(
    `\n${origin} is ready. Changes of ${watched.length > 0 ? watched.join(', ') : 'any service'} take effect when they are saved.\n` +
      `  Admin    ${logins.admin} / ${secrets['ADMIN_PASSWORD']}\n  Shopper  ${logins.shopper} / ${secrets['SHOPPER_PASSWORD']}\n\n`,
  )
}
