import type { Environment } from '@slipway/config'
import type { BrokerSettings, Job, PeriodicJob, WorkerMiddleware } from '@slipway/broker'
import type { CreatePool, Database, DatabaseSettings, MigrationSet, Sql } from '@slipway/database'
import type { Observability, ObservabilitySettings } from '@slipway/observability'
import type { JWTVerifyGetKey } from 'jose'
import type { Dispatcher } from 'undici'
import type { Static, TObject } from 'typebox'
import type { Clock } from '../clock.ts'
import type { App } from '../server/app.ts'
import type { ServiceSettings } from '../variables.ts'

export type BaseSettings = ServiceSettings & ObservabilitySettings & DatabaseSettings & BrokerSettings

/** What every service's own `Deps` has at least. */
export interface BaseDeps<Tx> {
  readonly database: Pick<Database<unknown>, 'sql' | 'directUrl' | 'ping' | 'close'>
  /** One transaction of the service: its stores and `emit` on one connection. */
  transaction<T>(work: (tx: Tx, sql: Sql) => Promise<T>): Promise<T>
  /** Closes what the service opened besides its database, such as clients. */
  close?(): Promise<void>
}

export interface Platform<Settings> {
  settings: Settings
  observability: Observability
  clock: Clock
  newId: () => string
  /** Where outgoing requests go instead of the network: for tests. */
  dispatcher?: Dispatcher
  /** Where database connections come from: for tests. */
  createPool?: CreatePool
}

/** A whole service: what it is called, what it needs, what it answers and what it does. */
export interface ServiceDefinition<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>> {
  /** Path prefix, accepted audience and source of events. */
  name: string
  version: string
  description: string
  settings: Schema
  /** Refuses combinations that a schema cannot express. @throws InvalidSettings */
  checkSettings?(settings: Static<Schema>): void
  migrations: readonly MigrationSet[]
  buildDeps(platform: Platform<Static<Schema>>): Deps | Promise<Deps>
  /** Registers every plugin and route by name. */
  routes(app: App, deps: Deps): void | Promise<void>
  jobs?(deps: Deps): readonly Job<Tx>[]
  periodicJobs?(deps: Deps): readonly PeriodicJob[]
  /** Around each run of every job, inside its timeout and outside its transaction. The first is the outermost. */
  workerMiddleware?(deps: Deps): readonly WorkerMiddleware<Tx>[]
  /** Where the keys of access tokens come from; from SSO unless given. */
  keys?(deps: Deps): JWTVerifyGetKey
  /** What `node main.ts <name> …` does instead of serving, by name: for whoever operates the service. */
  commands?(deps: Deps): Readonly<Record<string, ServiceCommand>>
  /** Runs before the first request, for instance to make a first signing key; again from its beginning when the database was away. */
  prepare?(deps: Deps): Promise<void>
}

/** Answers the lines to print. @throws WrongCommand for arguments it does not know, AppError for what it cannot do */
export type ServiceCommand = (args: readonly string[]) => Promise<readonly string[]>

/** A definition whose own types are nobody else's business. */
export interface Service {
  readonly name: string
  readonly migrations: readonly MigrationSet[]
  build(environment: Environment): Promise<BuiltService>
  /** Runs one of its commands: name, then arguments. @throws WrongCommand */
  command(environment: Environment, args: readonly string[]): Promise<readonly string[]>
}

export interface BuiltService {
  readonly name: string
  readonly settings: BaseSettings
  readonly observability: Observability
  readonly app: App
  /** Starts relay, jobs and periodic jobs. */
  work(): Promise<void>
  /** Stops the work, then the server, then closes what they used; cuts what has not finished after `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>
}
