import type { BaseDeps, ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { expect, inject, test, vi } from 'vitest'
import { cloneForTest } from '../postgres/clone.ts'
import { arrangeIn, seed, type UniversalOptions } from './options.ts'
import { checkErrorReports } from './platform/check-error-reports.ts'
import { checkHealth, checkNotReady } from './platform/check-health.ts'
import { databaseDependency } from './platform/closed-database.ts'
import { startSentryDouble } from './platform/sentry-double.ts'
import { startUniverse } from './universe.ts'

/** What a service says of things that go wrong: each of these breaks one, in a universe of its own. */
export function failureTests<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  options: UniversalOptions<Deps>,
) {
  const { name } = definition
  const start = (environment = {}) =>
    startUniverse(definition, { ...options, environment: { ...options.environment, ...environment } })

  test('health tells when the database is down', async () => {
    const universe = await start()
    try {
      const dependencies = [databaseDependency('database', inject('postgresUrl'), universe.databaseUrl)]
      await checkHealth({ app: universe.app, service: name, dependencies })
    } finally {
      await universe.stop()
    }
  })

  test('health of a worker tells when the broker is down', async () => {
    const adminUrl = inject('postgresUrl')
    const events = await cloneForTest(adminUrl, 'template0')
    const broker = databaseDependency('broker', adminUrl, events.url)
    await broker.down()
    const universe = await start({ ROLE: 'worker', AMQP_URL: undefined, EVENTS_DATABASE_URL: events.url })
    const { app, service } = universe
    try {
      await service.work()
      await checkNotReady(app, name, ['broker'])
      await broker.up()
      await checkHealth({ app, service: name, dependencies: [broker] })
    } finally {
      await universe.stop().finally(() => events.release())
    }
  })

  test('Sentry sees the unexpected and nothing else', async () => {
    const sentry = await startSentryDouble()
    const universe = await start({ SENTRY_DSN: sentry.dsn })
    const { app, routes, fixtures, service } = universe
    const settle = async () => {
      await service.observability.close()
      // closing gives up after two seconds, which a busy machine may need to load Sentry; what was caught is still sent
      await vi.waitFor(() => expect(sentry.reports).not.toHaveLength(0), { timeout: 20_000 }).catch(() => {})
      return sentry.reports
    }
    try {
      const arrange = arrangeIn(options, fixtures)
      await checkErrorReports({ app, routes, service: name, arrange, seed, settle })
    } finally {
      await universe.stop()
      await sentry.close()
    }
  })
}
